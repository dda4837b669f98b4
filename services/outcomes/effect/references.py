"""References: courses and cohorts, by which figures are cut, and pilots, which are judged by them.

They are joined when figures are read, so that a late course event changes no citizen's cells.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from services.outcomes.effect import pilots
from services.outcomes.effect.days import day
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.pilots import Pilot

READS = pilots.READS | {"course-offered", "course-changed", "course-closed", "cohort-opened", "cohort-cancelled"}


@dataclass(frozen=True, slots=True)
class Course:
    """A course as last described; a field is None (or empty) while no event has told it."""

    id: str
    municipality: str | None = None
    title: str | None = None
    kind: str | None = None
    provider: str | None = None
    methods: tuple[str, ...] = ()
    it_specific: bool = False
    closed: bool = False
    target_groups: tuple[str, ...] = ()
    """Whom it is offered to, by code."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """A cohort of a course; days are ordinals."""

    id: str
    municipality: str | None = None
    course: str | None = None
    starts: int | None = None
    ends: int | None = None
    capacity: int | None = None
    cancelled: bool = False


@dataclass
class References:
    """The courses, cohorts and pilots by id, whatever order their facts come in."""

    courses: dict[str, Course] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    pilots: dict[str, Pilot] = field(default_factory=dict)
    _told: dict[str, dict[str, Fact]] = field(default_factory=dict, repr=False)
    """For each of them its facts by event id."""

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> "References":
        """The references that these facts tell of; others are passed over."""
        references = cls()
        for fact in facts:
            references.apply(fact)
        return references

    def snapshot(self) -> "References":
        """The courses and cohorts as they are now, without the facts that told of them."""
        return References(dict(self.courses), dict(self.cohorts))

    def forget(self) -> None:
        """Know nothing, as at the beginning."""
        for known in (self.courses, self.cohorts, self.pilots, self._told):
            known.clear()

    def apply(self, fact: Fact) -> bool:
        """Learn one fact; True when a course or cohort is another than before. Twice, late or early changes nothing.

        A pilot changes no figure, so it is never True for one. Raises what ``UNCOUNTABLE`` lists, and has learnt
        nothing, when the fact is not what its contract says.
        """
        if fact.type not in READS:
            return False
        facts = {**self._told.get(fact.subject, {}), fact.id: fact}
        changed = self._apply_to_pilot(facts) if fact.type in pilots.READS else self._apply_to_offer(facts)
        self._told[fact.subject] = facts
        return changed

    def _apply_to_pilot(self, facts: dict[str, Fact]) -> bool:
        pilot = pilots.pilot(facts.values())
        if pilot is not None:
            self.pilots[pilot.id] = pilot
        return False

    def _apply_to_offer(self, facts: dict[str, Fact]) -> bool:
        known: dict[str, Any] = {}
        for one in sorted(facts.values(), key=lambda one: (one.sequence, one.time, one.id)):
            known.update((name, given) for name, given in one.data.items() if given is not None)
        names = {one.type for one in facts.values()}
        if "course_id" in known and "cohort_id" not in known:
            course = _course(known, "course-closed" in names)
            changed = self.courses.get(course.id) != course
            self.courses[course.id] = course
        else:
            cohort = _cohort(known, "cohort-cancelled" in names)
            changed = self.cohorts.get(cohort.id) != cohort
            self.cohorts[cohort.id] = cohort
        return changed

    def course(self, course_id: str | None) -> Course:
        """The course; one without attributes when none is known by that id."""
        return self.courses.get(course_id or "") or Course(course_id or "")

    def course_of(self, cohort_id: str) -> Course:
        """The course of a cohort; one without id and attributes when that is not known."""
        cohort = self.cohorts.get(cohort_id)
        return self.course(cohort.course if cohort else None)


def _course(known: dict[str, Any], closed: bool) -> Course:
    return Course(
        known["course_id"],
        known.get("municipality"),
        known.get("title"),
        known.get("kind"),
        known.get("provider"),
        tuple(known.get("methods", ())),
        bool(known.get("it_specific", False)),
        closed,
        tuple(known.get("target_groups", ())),
    )


def _cohort(known: dict[str, Any], cancelled: bool) -> Cohort:
    return Cohort(
        known["cohort_id"],
        known.get("municipality"),
        known.get("course_id"),
        day(known["starts"]) if "starts" in known else None,
        day(known["ends"]) if "ends" in known else None,
        known.get("capacity"),
        cancelled,
    )
