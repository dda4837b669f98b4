"""Cells: what one entity adds to a projection. Hashable, JSON-able, and enough to compute every figure at read time.

A projection is a multiset of cells: how many entities' records are exactly this. Days are ordinals; None is "not yet".
Every cell begins with its kind and the municipality code.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

Cell = tuple[Any, ...]
"""Any of the records below, or the plain tuple (or JSON list) of its fields."""


class ParticipationCell(NamedTuple):
    """One participation with what came of it: an exact summary for every window, day and cut.

    ``participation.py`` tells the fields up to ``flexjob``, ``outcome.py`` the others.
    """

    kind: str
    municipality: str
    course: str
    cohort: str
    target_group: str | None
    education_level: str | None
    timing: str
    started: int
    ended: int | None
    reason: str | None
    certified: int | None
    """Day of the first award that was not revoked."""
    ordinary: int | None
    """Day of the first ordinary job after ``started``; likewise the three below."""
    wage_subsidy: int | None
    praktik: int | None
    flexjob: int | None
    """Only for citizens of the flexjob scheme; never mixed into ``ordinary``."""
    standings: tuple["Standing", ...] = ()
    """Where she stood 1, 3, 6 and 12 months after ``ended``; nothing while it runs."""
    left: int | None = None
    """Day on which she first left unemployment after ``started``."""
    way: str | None = None
    """job, flexjob, wage_subsidy, education or left."""
    known: int | None = None
    """Day from which ``left`` is known: an exit is dated back."""
    provisional: tuple[tuple[int, int], ...] = ()
    """Days on which an exit is provisional, as (first, after)."""


class Standing(NamedTuple):
    """Where a citizen stood on a day, and from which day on that is known."""

    day: int
    status: str
    known: int
    provisional: str | None
    """What an exit seemed to be on the days after ``day`` and before ``known``."""


class FunnelCell(NamedTuple):
    """One citizen and cohort: the day of every stage."""

    kind: str
    municipality: str
    cohort: str
    target_group: str | None
    education_level: str | None
    timing: str
    identified: int | None
    invited: int | None
    accepted: int | None
    enrolled: int | None
    attempts: tuple["Attempt", ...]
    """Her participations in the cohort, by start; nearly always none or one."""


class Attempt(NamedTuple):
    """One participation inside a funnel cell."""

    started: int
    ended: int | None
    reason: str | None
    certified: int | None
    met: int | None
    praktik: int | None
    wage_subsidy: int | None
    ordinary: int | None


class UpskilledCell(NamedTuple):
    """One citizen with upskilled digital competence and praktik: every participation that may make her count."""

    kind: str
    municipality: str
    items: tuple["UpskilledItem", ...]


class UpskilledItem(NamedTuple):
    """A participation that upskilled, with the earliest praktik that had not ended before that day."""

    course: str
    cohort: str
    target_group: str | None
    education_level: str | None
    timing: str
    started: int
    upskilled: int
    praktik: int


class ReachCell(NamedTuple):
    """A citizen who is registered in a target group from a day on, and the days on which offers reach her there."""

    kind: str
    municipality: str
    target_group: str | None
    first: int
    after: int | None
    """Day from which she is not, None while she is; likewise inside ``reached``."""
    reached: tuple[tuple[int, int | None], ...]
    """Days on which she is reached, as disjoint (first, after)."""


class JobCell(NamedTuple):
    """One job with one employer: an exact summary of how long it lasted, for every window, day and cut."""

    kind: str
    municipality: str
    course: str
    """Of the participation that it followed; empty where it followed none, likewise the cohort."""
    cohort: str
    target_group: str | None
    education_level: str | None
    timing: str
    started: int | None
    """Day the participation started."""
    placed: str
    """ordinary or flexjob."""
    begun: int
    ended: int | None
    """Last day with this employer."""


class LandmarkCell(NamedTuple):
    """One citizen's landmarks: still unemployed after so many months and before her first participation."""

    kind: str
    municipality: str
    target_group: str | None
    education_level: str | None
    age_band: str | None
    landmarks: tuple["Landmark", ...]


class Landmark(NamedTuple):
    """One landmark, and what came after it."""

    months: int
    day: int
    started: int | None
    """Day of her first participation where it began within the days in which a start counts; else None."""
    ordinary: int | None
    """Day of the first ordinary job after the landmark and within the days in which it counts."""


class AgreementCell(NamedTuple):
    """A company enters (+1) or leaves (-1) those with an agreement in force on a day."""

    kind: str
    municipality: str
    day: int


class ServiceGoalCell(NamedTuple):
    """A company's contact that was due on a day, answered in time (1) or not (0)."""

    kind: str
    municipality: str
    due: int
    in_time: int


class GainCell(NamedTuple):
    """A citizen's later test: which of her competence areas it changed the standing of."""

    kind: str
    municipality: str
    target_group: str | None
    education_level: str | None
    day: int
    retested: tuple[int, ...]
    """Areas tested again for the first time."""
    gained: tuple[int, ...]
    """Areas that are gained from this day on."""
    lost: tuple[int, ...]
    """Areas that are gained no more."""


class SelfRelianceCell(NamedTuple):
    """One citizen's workshop themes of at least two visits each."""

    kind: str
    municipality: str
    target_group: str | None
    education_level: str | None
    themes: tuple["Theme", ...]


class Theme(NamedTuple):
    """A workshop theme that a citizen came back with."""

    theme: str
    again: int
    """Day of the second visit with it."""
    alone: int | None
    """Day of the first visit at which she managed alone after one at which she was helped."""


class SupplyDemandCell(NamedTuple):
    """Competence that is asked for or had from a day on: levels of areas.

    ``asked``: an order for placements of a kind, counted once for each seat. ``had``: a tested citizen; without a kind.
    """

    kind: str
    municipality: str
    what: str
    placement: str | None
    first: int
    after: int | None
    """Day from which it is not, None while it is."""
    levels: tuple[tuple[int, int], ...]
    """(area, level)."""


RECORDS: Mapping[str, type[tuple[Any, ...]]] = {
    "participation": ParticipationCell,
    "funnel": FunnelCell,
    "upskilled": UpskilledCell,
    "reach": ReachCell,
    "job": JobCell,
    "landmark": LandmarkCell,
    "agreements": AgreementCell,
    "service_goal": ServiceGoalCell,
    "gain": GainCell,
    "self_reliance": SelfRelianceCell,
    "supply_demand": SupplyDemandCell,
}
"""The record of every kind."""
_PARTS: Mapping[str, tuple[str, type[tuple[Any, ...]]]] = {
    "participation": ("standings", Standing),
    "funnel": ("attempts", Attempt),
    "upskilled": ("items", UpskilledItem),
    "landmark": ("landmarks", Landmark),
    "self_reliance": ("themes", Theme),
}
"""The field with records inside, of the kinds that have one."""


def as_record(cell: Cell) -> Any:
    """The record of a cell that may be the plain tuple (or JSON list) of its fields."""
    kind: str = cell[0]
    if isinstance(cell, RECORDS[kind]):
        return cell
    record: Any = RECORDS[kind](*cell)
    if kind in _PARTS:
        field, part = _PARTS[kind]
        record = record._replace(**{field: tuple([part(*fields) for fields in getattr(record, field)])})
    return record
