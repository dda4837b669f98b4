"""The Danish name of a target group."""

from datetime import date

from shared.codelists import target_groups


def target_group(code: str | None, on: date) -> str:
    """The name that the code has on a day; a code that nobody knows is shown as it is."""
    try:
        return target_groups.named_on(code or "", on).danish
    except KeyError:
        return f"Målgruppe {code}" if code else "Ukendt målgruppe"
