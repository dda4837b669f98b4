"""A citizen: her target group and education level with validity in time, and when she was registered."""

from itertools import pairwise
from typing import NamedTuple

from services.outcomes.effect.days import FIRST, NEVER, danish_day, day
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.history import Told, last

READS = frozenset({"citizen-registered", "citizen-changed", "citizen-left"})

Timeline = list[tuple[int, int, str]]
"""Values that hold one after the other: each from a first day until the day before another."""


class Spell(NamedTuple):
    """Registered from the day ``first`` until the day before ``after``."""

    municipality: str
    first: int
    after: int


def timeline(history: Told, field: str) -> Timeline:
    """The values of ``target_group`` or ``education_level``.

    What she was first registered with holds for all days before a change; a change holds from its ``valid_from``.
    """
    if READS.isdisjoint(history):
        return []
    registered = history.get("citizen-registered", [])
    changed = [fact for fact in history.get("citizen-changed", ()) if fact.data.get(field) is not None]
    if len(registered) == 1 and not changed:
        return [(FIRST, NEVER, registered[0].data[field])]
    days = [(danish_day(fact.time), fact) for fact in registered]
    opening = min([first for first, _ in days], default=FIRST)
    days = [(FIRST if first == opening else first, fact) for first, fact in days]
    days += [(day(fact.data["valid_from"]), fact) for fact in changed]
    by_day: dict[int, list[Fact]] = {}
    for first, fact in days:
        by_day.setdefault(first, []).append(fact)
    firsts = sorted(by_day)
    return [(first, after, last(by_day[first]).data[field]) for first, after in pairwise([*firsts, NEVER])]


def valid_on(values: Timeline, on: int) -> str | None:
    """The value that holds on a day; None when nothing is known of her by then."""
    for first, after, known in values:
        if first <= on < after:
            return known
    return None


def spells(history: Told) -> list[Spell]:
    """When she was registered: from a registration until she left, and again from a change that tells of a new spell.

    A change tells of a new spell when its ``unemployed_since`` is not before the day she had left.
    """
    if READS.isdisjoint(history):
        return []
    steps = [(danish_day(fact.time), 0, fact.municipality, NEVER) for fact in history.get("citizen-registered", ())]
    steps += [(day(fact.data["on"]), 1, fact.municipality, NEVER) for fact in history.get("citizen-left", ())]
    steps += [
        (day(fact.data["valid_from"]), 2, fact.municipality, day(fact.data["unemployed_since"]))
        for fact in history.get("citizen-changed", ())
        if fact.data.get("unemployed_since") is not None
    ]
    found: list[Spell] = []
    current: Spell | None = None
    left = NEVER
    for on, step, municipality, since in sorted(steps):
        if step == 1 and current is not None:
            found.append(current._replace(after=on))
            current, left = None, on
        elif current is None and (step == 0 or (step == 2 and since >= left)):
            current = Spell(municipality, on, NEVER)
    return [*found, current] if current is not None else found
