"""The catalogue for people: docs/events.md, one row for each event."""

from shared.contracts.consumers import SERVICES, consumers
from shared.contracts.event import Event
from shared.contracts.json_schema import meaning
from shared.contracts.registry import EVENTS

_HEAD = """\
# Events

Generated from `shared/contracts` by `loeft contracts write`; `loeft contracts check` fails when it is out of date.

Every event is one CloudEvents 1.0 JSON object ([envelope schema](../shared/contracts/schemas/envelope.v1.json)) on the
subject given here. Payload fields marked `?` may be absent; every payload also has `municipality`. The schema has the
meaning, type and bounds of every field, the sample is a whole event as it was first published. Readers ignore fields
they do not know, and other systems may read any event of their municipality: the last column lists the readers inside
Løft.
"""


def events_document() -> str:
    """The whole document as Markdown."""
    return _HEAD + "".join(_section(service) for service in SERVICES)


def _section(service: str) -> str:
    rows = "".join(_row(event) for event in EVENTS if event.service == service)
    return (
        f"\n## {service}\n\n"
        "| event | meaning | payload | subject | entity | class | contract | read by |\n"
        "|---|---|---|---|---|---|---|---|\n"
        f"{rows}"
    )


def _row(event: type[Event]) -> str:
    file = f"{event.service}/{event.name}.v{event.version}.json"
    cells = (
        f"`{event.name}`",
        meaning(event),
        ", ".join(_fields(event)),
        f"`evt.<municipality>.{event.service}.{event.name}.<{event.entity} id>`",
        event.entity,
        event.classification,
        f"[schema](../shared/contracts/schemas/{file}), [sample](../shared/contracts/history/{file})",
        "; ".join(consumers(event)),
    )
    return f"| {' | '.join(cells)} |\n"


def _fields(event: type[Event]) -> list[str]:
    fields = [(field.alias or name, field.is_required()) for name, field in event.model_fields.items()]
    return [name if required else f"{name}?" for name, required in fields if name != "municipality"]
