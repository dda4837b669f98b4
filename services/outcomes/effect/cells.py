"""Cells: what one entity adds to a projection. Hashable, JSON-able, and enough to compute every figure at read time.

A projection is a multiset of cells: how many entities' records are exactly this. Days are ordinals; None is "not yet".
Every cell begins with its kind and the municipality code.
"""

from typing import Any, NamedTuple

Cell = tuple[Any, ...]
"""Any of the records below, or the plain tuple (or JSON list) of its fields."""


class ParticipationCell(NamedTuple):
    """One participation with what came after its start: an exact summary for every window, day and cut."""

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
    """A citizen enters (+1) or leaves (-1) the ``registered`` or ``reached`` of her target group on a day."""

    kind: str
    municipality: str
    target_group: str | None
    day: int
    what: str


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
