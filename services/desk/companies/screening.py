"""Who suits an order, laid out by verdict. Pure: assessment decides and gives the reasons in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.desk import labels
from services.desk.companies.orders import demands
from services.desk.reference import reference

PAGE = 20
"""So many candidates are listed at a time: the read of each is logged."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One tested citizen, and why."""

    citizen_id: str
    name: str
    said: str
    marks: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Those of a page with the same verdict; ``count`` counts all who have it, listed or not."""

    verdict: str
    title: str
    count: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Screening:
    """A page of candidates. ``after`` is how many were listed when it ends; None at the end of the list."""

    asked: tuple[str, ...]
    marks: tuple[str, ...]
    groups: tuple[Group, ...]
    tested: int
    not_tested: int
    after: int | None


def screening(told: Mapping[str, Any], *, verdict: str, skip: int) -> Screening:
    """What assessment found, for one verdict or for all."""
    counts: Mapping[str, int] = told["counts"]
    shown = [code for code in labels.GAP_VERDICTS if verdict in {"", code}]
    groups = tuple(_group(code, counts.get(code, 0), told["candidates"]) for code in shown)
    listed = skip + len(told["candidates"])
    return Screening(
        demands(told["demands"]),
        tuple(told["marks"]),
        groups,
        sum(counts.values()),
        told["not_tested"],
        listed if listed < sum(group.count for group in groups) else None,
    )


def _group(code: str, count: int, candidates: list[Mapping[str, Any]]) -> Group:
    own = tuple(_candidate(one) for one in candidates if one["verdict"] == code)
    return Group(code, labels.GAP_VERDICTS[code], count, own)


def _candidate(told: Mapping[str, Any]) -> Candidate:
    citizen_id = str(told["citizen_id"])
    reasons = tuple(area["said"] for area in told["areas"])
    return Candidate(citizen_id, reference(citizen_id), told["said"], tuple(told["marks"]), reasons)
