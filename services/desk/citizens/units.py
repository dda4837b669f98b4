"""Units of the jobcenter (afdelinger): which one the list shows, and which one a form gives a citizen. Pure.

A unit is a way to find citizens, and no barrier: whoever stands in for a colleague chooses hers (decision 0026).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

EVERY, NONE = "*", "-"
"""In an address and in a form: all units, and none. No unit is called so: a name begins with a letter or a digit."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One unit to show, or all, or none: what it is called, and what stands for it in the address."""

    words: str
    value: str


def choices(in_use: Iterable[str], own: str | None, shown: str) -> list[Choice]:
    """What to choose from, the caller's own first; nothing where a municipality has no units.

    ``shown`` is there although nobody belongs to it: an address may be older than the units in use.
    """
    named = known(in_use, own, shown if shown not in {"", EVERY, NONE} else None)
    if not named:
        return []
    mine = [Choice(f"Min afdeling ({own})", own)] if own else []
    others = [Choice(unit, unit) for unit in named if unit != own]
    return [*mine, Choice("Alle afdelinger", EVERY), *others, Choice("Uden afdeling", NONE)]


def known(in_use: Iterable[str], *others: str | None) -> list[str]:
    """The units that can be named, in order."""
    return sorted({*in_use, *filter(None, others)}, key=str.casefold)


def moves(named: Iterable[str], now: str | None) -> list[tuple[str, str]]:
    """Where a citizen of a unit may be moved: to the others, and to none where she belongs to one."""
    others = [(unit, unit) for unit in named if unit != now]
    return [*others, (NONE, "Ingen afdeling")] if now else others


def typed(sent: Mapping[str, str], form: str = "") -> str | None:
    """The unit that a form gives a citizen, empty for none; None where it says nothing. A new name goes first."""
    chosen = sent.get(f"{form}unit") or sent.get(f"{form}known_unit")
    return "" if chosen == NONE else chosen or None
