"""History: the set of facts about one entity, read so that the order in which they arrived cannot matter.

Facts of one entity and service are ordered by ``sequence``; across services (and across the ids of a merged citizen)
by ``time``, then ``id``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

from services.outcomes.effect.fact import Fact

Told = Mapping[str, list[Fact]]
"""Facts by event name."""

_across = attrgetter("time", "id")


def told(facts: Iterable[Fact]) -> Told:
    """The facts by event name."""
    by_name = defaultdict(list)
    for fact in facts:
        by_name[fact.type].append(fact)
    return dict(by_name)


def about(history: Told, key: str, *names: str) -> dict[str, list[Fact]]:
    """The facts of these names by the id of the thing they are about, which is ``data[key]``."""
    things: dict[str, list[Fact]] = {}
    for name in names:
        if name in history:
            for fact in history[name]:
                things.setdefault(fact.data[key], []).append(fact)
    return things


def last(facts: list[Fact]) -> Fact:
    """The fact that holds among several about the same thing: the last of each stream, then the latest of those."""
    held = facts[0]
    if len(facts) == 1:
        return held
    for fact in facts[1:]:
        if fact.subject != held.subject or fact.service != held.service:
            return _last_of_streams(facts)
        if fact.sequence > held.sequence or (fact.sequence == held.sequence and _across(fact) > _across(held)):
            held = fact
    return held


def _last_of_streams(facts: list[Fact]) -> Fact:
    streams: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        streams.setdefault((fact.subject, fact.service), []).append(fact)
    return max((last(stream) for stream in streams.values()), key=_across)


def value(facts: list[Fact], field: str) -> Any:
    """The field as the last fact that gives it has it; None when no fact does."""
    if len(facts) == 1:
        return facts[0].data.get(field)
    giving = [fact for fact in facts if fact.data.get(field) is not None]
    return last(giving).data[field] if giving else None
