"""k-anonymity: whoever is in an extract looks like at least k-1 others by everything she might be recognised by.

Values are generalised for the whole extract at once, one attribute after the other, always the one that tells most
apart (Sweeney's Datafly), until few enough records are in small groups. What is rare then is left out: first a
citizen's later participations, then the citizen. A group is of citizens, and by all of their records together: a rare
sequence of courses is as telling as a rare age.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from services.outcomes.extract.generalisation import ATTRIBUTES, FINEST, Levels, told_as
from services.outcomes.extract.record import Record

MOST_RARE = 0.05
"""The share of records in small groups from which on everything is told more coarsely instead."""

Told = tuple[tuple[str, ...], ...]
"""What is told of who a citizen is, by all of her records."""


@dataclass(frozen=True, slots=True)
class Anonymous:
    """The records that may leave, told at ``levels``, with the groups that they are in."""

    records: tuple[Record, ...]
    levels: Levels
    groups: dict[Told, tuple[str, ...]]
    """The citizens of each group."""
    cut: int
    """Later participations that were left out."""
    left_out: int
    """Citizens who were left out."""


def anonymous(records: Sequence[Record], k: int) -> Anonymous:
    """The records of a k-anonymous extract. Which are given in which order makes no difference."""
    levels = _levels(records, k)
    by_citizen: dict[str, list[Record]] = defaultdict(list)
    for record in sorted(records, key=lambda record: (record.citizen, record.number)):
        by_citizen[record.citizen].append(record)
    rare = _rare(by_citizen, levels, k)
    cut = sum(len(by_citizen[citizen]) - 1 for citizen in rare)
    shorter = {citizen: own[:1] if citizen in rare else own for citizen, own in by_citizen.items()}
    alone = _rare(shorter, levels, k)
    cut -= sum(len(by_citizen[citizen]) - 1 for citizen in alone)
    kept = {citizen: own for citizen, own in shorter.items() if citizen not in alone}
    groups = _groups(kept, levels)
    return Anonymous(tuple(record for own in kept.values() for record in own), levels, groups, cut, len(alone))


def report(found: Anonymous, k: int) -> dict[str, Any]:
    """What the extract's readers are told of its anonymity. No number in it is of 1 to k-1 persons."""
    sizes = [len(citizens) for citizens in found.groups.values()]
    return {
        "k": k,
        "quasi_identifiers": {
            attribute.name: {
                "told_by": attribute.levels[level][0],
                "generalised": level > 0,
            }
            for attribute, level in zip(ATTRIBUTES, found.levels, strict=True)
        },
        "classes": len(sizes),
        "smallest_class": min(sizes, default=None),
        "citizens": sum(sizes),
        "rows": len(found.records),
        "classes_by_size": {
            f"{k}-{2 * k - 1}": sum(size < 2 * k for size in sizes),
            f"{2 * k}-{10 * k - 1}": sum(2 * k <= size < 10 * k for size in sizes),
            f"{10 * k}+": sum(size >= 10 * k for size in sizes),
        },
        "classes_where_all_or_none_got_a_job": _alike(found),
        "left_out": {
            "citizens_in_small_classes": at_least(found.left_out, k),
            "later_participations_of_citizens_who_stay": at_least(found.cut, k),
        },
    }


def at_least(count: int, k: int) -> int | str:
    """A count of persons; 1 to k-1 are told as such."""
    return count if count == 0 or count >= k else f"1-{k - 1}"


def _levels(records: Sequence[Record], k: int) -> Levels:
    levels = FINEST
    while True:
        citizens: dict[tuple[str, ...], set[str]] = defaultdict(set)
        told = [(told_as(record, levels), record.citizen) for record in records]
        for values, citizen in told:
            citizens[values].add(citizen)
        in_small = sum(len(citizens[values]) < k for values, _ in told)
        coarser = [place for place, level in enumerate(levels) if level + 1 < len(ATTRIBUTES[place].levels)]
        if in_small <= MOST_RARE * len(records) or not coarser:
            return levels
        apart = {place: len({values[place] for values in citizens}) for place in coarser}
        most = max(coarser, key=lambda place: (apart[place], -place))
        levels = tuple(level + (place == most) for place, level in enumerate(levels))


def _told(own: Iterable[Record], levels: Levels) -> Told:
    return tuple(told_as(record, levels) for record in own)


def _groups(by_citizen: dict[str, list[Record]], levels: Levels) -> dict[Told, tuple[str, ...]]:
    groups: dict[Told, list[str]] = defaultdict(list)
    for citizen, own in by_citizen.items():
        groups[_told(own, levels)].append(citizen)
    return {told: tuple(citizens) for told, citizens in groups.items()}


def _rare(by_citizen: dict[str, list[Record]], levels: Levels, k: int) -> set[str]:
    return {citizen for citizens in _groups(by_citizen, levels).values() if len(citizens) < k for citizen in citizens}


def _alike(found: Anonymous) -> int:
    """Groups that tell of each member whether she got a job: all did, or none."""
    got_a_job = {record.citizen for record in found.records if record.ordinary is not None}
    counts = [Counter(citizen in got_a_job for citizen in citizens) for citizens in found.groups.values()]
    return sum(len(count) == 1 for count in counts)
