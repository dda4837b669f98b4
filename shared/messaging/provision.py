"""Makes the broker look like the topology: creates what is missing, updates what differs, says what it did.

A durable that exists with other settings would silently keep them, so everything is compared. What cannot be changed
in place (a stream's storage, say) is an error for a person.
"""

from typing import Any

from shared.messaging.bus import Bus, BusError
from shared.messaging.topology import Durable, Stream

CANNOT_CHANGE = 10052
NOT_FOUND = {10014, 10059}
NANOSECONDS = 1_000_000_000
DURATIONS = {"duplicate_window", "ack_wait", "max_age"}


async def provision_stream(bus: Bus, stream: Stream) -> str | None:
    """Create or update one stream; what was done, or None when it was right already."""
    wanted = {"name": stream.name, **_on_the_wire(stream.settings)}
    try:
        info = await bus.ask(f"STREAM.INFO.{stream.name}")
    except BusError as error:
        if error.code not in NOT_FOUND:
            raise
        await bus.ask(f"STREAM.CREATE.{stream.name}", wanted)
        return f"created stream {stream.name}"
    differing = _differing(wanted, info["config"])
    if not differing:
        return None
    try:
        await bus.ask(f"STREAM.UPDATE.{stream.name}", {**info["config"], **wanted})
    except BusError as error:
        if error.code != CANNOT_CHANGE or not stream.cache:
            raise
        await bus.ask(f"STREAM.DELETE.{stream.name}")
        await bus.ask(f"STREAM.CREATE.{stream.name}", wanted)
        return f"made stream {stream.name} anew: {', '.join(differing)}"
    return f"updated stream {stream.name}: {', '.join(differing)}"


async def provision_durable(bus: Bus, stream: str, durable: Durable) -> str | None:
    """Create or update one durable consumer; what was done, or None when it was right already."""
    wanted = _on_the_wire(durable.settings)
    try:
        info = await bus.ask(f"CONSUMER.INFO.{stream}.{durable.name}")
    except BusError as error:
        if error.code not in NOT_FOUND:
            raise
        await bus.ask(f"CONSUMER.DURABLE.CREATE.{stream}.{durable.name}", {"stream_name": stream, "config": wanted})
        return f"created durable {durable.name}"
    differing = _differing(wanted, info["config"])
    if not differing:
        return None
    config = {**info["config"], **wanted}
    await bus.ask(f"CONSUMER.DURABLE.CREATE.{stream}.{durable.name}", {"stream_name": stream, "config": config})
    return f"updated durable {durable.name}: {', '.join(differing)}"


async def provision(bus: Bus, streams: list[Stream], durables: list[Durable]) -> list[str]:
    """Bring every stream, then every durable of the first stream, in order; what was done, one line each."""
    done = [await provision_stream(bus, stream) for stream in streams]
    done += [await provision_durable(bus, streams[0].name, durable) for durable in durables]
    return [line for line in done if line is not None]


def _on_the_wire(settings: dict[str, Any]) -> dict[str, Any]:
    return {name: value * NANOSECONDS if name in DURATIONS else value for name, value in settings.items()}


def _differing(wanted: dict[str, Any], present: dict[str, Any]) -> list[str]:
    # the broker leaves out what has its zero value
    return [
        f"{name} {present.get(name)!r} -> {value!r}"
        for name, value in wanted.items()
        if (present.get(name) or None) != (value or None)
    ]
