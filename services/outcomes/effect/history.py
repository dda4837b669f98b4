"""History: the set of facts about one entity, read so that the order in which they arrived cannot matter.

Facts of one entity and service are ordered by ``sequence``; across services (and across the ids of a merged citizen)
by ``time``, then ``id``.
"""

from collections.abc import Iterable
from typing import Any

from services.outcomes.effect.fact import Fact

Told = dict[str, list[Fact]]
"""Facts by event name."""


def told(facts: Iterable[Fact]) -> Told:
    """The facts by event name."""
    by_name: Told = {}
    for fact in facts:
        if fact.type in by_name:
            by_name[fact.type].append(fact)
        else:
            by_name[fact.type] = [fact]
    return by_name


def about(history: Told, names: Iterable[str], key: str) -> dict[str, list[Fact]]:
    """The facts of these names by the id of the thing they are about, ``data[key]``; without it they are left out."""
    things: dict[str, list[Fact]] = {}
    for name in names:
        for fact in history.get(name, ()):
            thing = fact.data.get(key)
            if thing is None:
                continue
            if thing in things:
                things[thing].append(fact)
            else:
                things[thing] = [fact]
    return things


def last(facts: list[Fact]) -> Fact:
    """The fact that holds among several about the same thing: the last of each stream, then the latest of those."""
    if len(facts) == 1:
        return facts[0]
    ends: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        stream = (fact.subject, fact.service)
        other = ends.get(stream)
        if other is None or _within(fact) > _within(other):
            ends[stream] = fact
    return max(ends.values(), key=_across)


def value(facts: list[Fact], field: str) -> Any:
    """The field as the last fact that gives it has it; None when no fact does."""
    giving = [fact for fact in facts if fact.data.get(field) is not None]
    return last(giving).data[field] if giving else None


def _within(fact: Fact) -> tuple[int, int, str]:
    return fact.sequence, fact.time, fact.id


def _across(fact: Fact) -> tuple[int, str]:
    return fact.time, fact.id
