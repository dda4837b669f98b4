"""Groups: the persons of an indicator's published figures, in groups that have nobody in common.

A row says several numbers of the same persons: 20 of 60 in a job are 20 persons and 40 others. Every number that is
published of a row is a sum of its groups, so what protects the groups protects the row.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
Value = str | None
"""A value of the dimension that the rows are cut by; None is unknown."""
Group = str
Counts = Mapping[Group, int]
"""How many persons each group has."""

OTHERS = "others"
STATUS_MONTHS = 6
"""The months of ``status_after`` that are published. Those who ended 1 and 3 months before two days of releases are
nearly the same persons, and the few by whom they differ could be worked out."""
PLAIN = (
    "indicator", "dimensions", "window", "as_of", "numerator", "denominator", "share", "low", "high", "definition",
    "definition_version", "target", "stage", "split", "after_months",
)  # fmt: skip
"""What a published row carries. All else is made of more than its groups: what came so far and is not mature, curves,
those who are out provisionally, the flexjobs beside. It is for internal use."""


@dataclass(frozen=True, slots=True)
class Published:
    """How an indicator is published: by which single dimensions, and which groups a value has."""

    dimensions: tuple[str, ...]
    groups: Callable[[Iterable[Row]], Counts]
    whole: bool = True
    """Whether its total is published too. Then everybody is under one value of each dimension, and under one only."""


def shares(rows: Iterable[Row]) -> Counts:
    """Those who are counted, and the others among whom they are counted."""
    (row,) = rows
    return {"counted": row["numerator"], OTHERS: row["denominator"] - row["numerator"]}


def kinds(rows: Iterable[Row]) -> Counts:
    """Those who are counted by kind, and the others."""
    (row,) = rows
    return {**row["split"], OTHERS: row["denominator"] - row["numerator"]}


def alone(rows: Iterable[Row]) -> Counts:
    """Those who are counted, among nobody."""
    (row,) = rows
    return {"counted": row["numerator"]}


def standings(rows: Iterable[Row]) -> Counts:
    """Everybody by where she stands."""
    return {row["stage"]: row["numerator"] for row in rows}


OF_PARTICIPATIONS = ("course", "target_group", "education_level")
PUBLISHED: Mapping[str, Published] = {
    "mikrosprint_job": Published(OF_PARTICIPATIONS, shares),
    "it_course_job": Published(OF_PARTICIPATIONS, shares),
    "moved_on": Published(OF_PARTICIPATIONS, kinds),
    "retained": Published(OF_PARTICIPATIONS, shares),
    "status_after": Published(OF_PARTICIPATIONS, standings),
    "upskilled_praktik": Published((), alone),
    "reach": Published(("target_group",), shares),
    "gain": Published(("area",), shares, whole=False),
    "self_reliance": Published(("theme",), shares, whole=False),
}
"""The fixed list of what is published of persons.

Of the dimensions that a course decides only the course itself: whoever has a provider's total and most of its courses
has the rest. Not the cohort and its month, in which people know each other. A citizen is in several areas and themes,
so their total would tell of fewer persons than it says. ``funnel``, ``job_entry``, ``comparison`` and ``supply_demand``
are sums over several groups that overlap, or estimates from single days: they are for internal use."""
OF_COMPANIES = frozenset({"agreements", "service_goal"})
"""They count companies and their contacts, not persons: nothing of them is hidden, on any day."""


def is_published(row: Row) -> bool:
    """Whether the row is of the published months."""
    return bool(row.get("after_months", STATUS_MONTHS) == STATUS_MONTHS)


def plain(row: Row) -> dict[str, Any]:
    """The row without what is for internal use."""
    return {name: row[name] for name in PLAIN if name in row}
