"""Given facts: a citizen's, company's or order's life told in short sentences, and the figures that follow from it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, Self

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import contributions
from services.outcomes.effect.days import moment
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.figures import figures
from services.outcomes.effect.references import References

HERE = "0101"


class Story:
    """Facts about one entity, numbered in each service as they are told."""

    def __init__(self, subject: str, municipality: str = HERE) -> None:
        self.subject, self.municipality = subject, municipality
        self.facts: list[Fact] = []
        self._sequence: Counter[str] = Counter()

    def tell(self, service: str, name: str, at: str, /, **data: Any) -> Self:
        """One event; ``at`` is a day (told at 08:00 UTC) or a moment."""
        self._sequence[service] += 1
        time = moment(at if "T" in at else f"{at}T08:00:00Z")
        fact_id = f"{self.subject}-{service}-{self._sequence[service]}"
        payload = {"municipality": self.municipality, **data}
        self.facts.append(
            Fact(fact_id, name, service, self.subject, self._sequence[service], time, time, self.municipality, payload)
        )
        return self


class Citizen(Story):
    """A citizen; ids default to one enrolment ``e1`` in cohort ``h1`` of course ``k1``, and placement ``p1``."""

    def __init__(self, name: str = "anna", municipality: str = HERE) -> None:
        super().__init__(f"citizen/{name}", municipality)
        self.name = name

    def _own(self, service: str, event: str, at: str, /, **data: Any) -> Self:
        return self.tell(service, event, at, citizen_id=self.name, **data)

    def registered(self, at: str, group: str = "2", level: str = "skilled") -> Self:
        return self._own("intake", "citizen-registered", at, target_group=group, education_level=level)

    def changed(self, valid_from: str, at: str | None = None, **data: Any) -> Self:
        return self._own("intake", "citizen-changed", at or valid_from, valid_from=valid_from, **data)

    def left(self, on: str, reason: str = "job") -> Self:
        return self._own("intake", "citizen-left", on, on=on, reason=reason)

    def back(self, on: str) -> Self:
        return self.changed(on, unemployed_since=on)

    def merged(self, other: str, at: str) -> Self:
        return self._own("intake", "citizens-merged", at, merged_id=other)

    def visited(self, at: str, visit: str | None = None, **themes: str) -> Self:
        """``themes`` says how she managed each; a visit is known by its moment where it has no id."""
        told = [{"theme": theme, "autonomy": autonomy} for theme, autonomy in themes.items()]
        return self._own("intake", "workshop-visited", at, visit_id=visit or at, themes=told)

    def visit_voided(self, at: str, visit: str) -> Self:
        return self._own("intake", "workshop-visit-voided", at, visit_id=visit, reason="registered-twice")

    def tested(self, at: str, *areas: "Area", test: str | None = None, version: str = "2.2") -> Self:
        """A test is known by its moment where it has no id."""
        result = {"framework": "DigComp", "framework_version": version, "areas": [area.told() for area in areas]}
        return self._own("assessment", "test-finished", at, test_id=test or at, **result)

    def rescored(self, at: str, test: str, *areas: "Area", version: str = "2.2") -> Self:
        result = {"framework": "DigComp", "framework_version": version, "areas": [area.told() for area in areas]}
        return self._own("assessment", "result-rescored", at, test_id=test, reason="a wrong key", **result)

    def identified(self, at: str, cohort: str = "h1") -> Self:
        return self._own("courses", "citizen-identified", at, cohort_id=cohort)

    def invited(self, at: str, cohort: str = "h1") -> Self:
        return self._own("courses", "citizen-invited", at, cohort_id=cohort)

    def answered(self, at: str, answer: str = "accepted", cohort: str = "h1") -> Self:
        return self._own("courses", "invitation-answered", at, cohort_id=cohort, answer=answer)

    def enrolled(self, at: str, cohort: str = "h1", enrolment: str = "e1") -> Self:
        return self._own("courses", "citizen-enrolled", at, cohort_id=cohort, enrolment_id=enrolment)

    def started(self, on: str, enrolment: str = "e1", cohort: str = "h1", course: str = "k1") -> Self:
        ids = {"enrolment_id": enrolment, "cohort_id": cohort, "course_id": course}
        return self._own("courses", "participation-started", on, on=on, **ids)

    def ended(
        self, on: str, reason: str = "completed", enrolment: str = "e1", cohort: str = "h1", course: str = "k1"
    ) -> Self:
        ids = {"enrolment_id": enrolment, "cohort_id": cohort, "course_id": course}
        return self._own("courses", "participation-ended", on, on=on, reason=reason, **ids)

    def certified(self, on: str, enrolment: str | None = "e1", certificate: str = "c1") -> Self:
        ids = {"enrolment_id": enrolment, "certificate_id": certificate}
        return self._own("courses", "certificate-awarded", on, on=on, code="AZ-900", **ids)

    def revoked(self, on: str, certificate: str = "c1") -> Self:
        return self._own("courses", "certificate-revoked", on, on=on, certificate_id=certificate)

    def agreed(self, at: str, timing: str, kind: str = "praktik", placement: str = "p1", **data: Any) -> Self:
        return self._placement("placement-agreed", at, placement, kind=kind, timing=timing, starts=at, **data)

    def placed(self, on: str, kind: str = "ordinary", placement: str = "p1", **data: Any) -> Self:
        return self._placement("placement-started", on, placement, kind=kind, on=on, temp_agency=False, **data)

    def placement_ended(self, on: str, placement: str = "p1") -> Self:
        return self._placement("placement-ended", on, placement, on=on)

    def corrected(self, at: str, placement: str = "p1", **data: Any) -> Self:
        return self._placement("placement-corrected", at, placement, **data)

    def voided(self, at: str, placement: str = "p1") -> Self:
        return self._placement("placement-voided", at, placement, reason="recorded by mistake")

    def _placement(self, event: str, at: str, placement: str, **data: Any) -> Self:
        return self._own("outcomes", event, at, placement_id=placement, **data)

    def met(self, at: str) -> Self:
        return self._own("outcomes", "meeting-held", at, event_id="v1", company_id="f1")


class Area(NamedTuple):
    """What a test found in one competence area."""

    ability: float
    low: int = 3
    high: int = 4
    area: int = 1
    error: float = 0.3
    level: int | None = None
    items: int = 5

    def told(self) -> dict[str, Any]:
        level = self.low if self.level is None else self.level
        interval = {"level": level, "level_low": self.low, "level_high": self.high}
        return {
            "area": self.area, "ability": self.ability, "standard_error": self.error, **interval, "items": self.items
        }  # fmt: skip


class Order(Story):
    """A job order of the company ``acme``; ``demands`` are pairs of area and level."""

    def __init__(self, name: str = "o1", municipality: str = HERE) -> None:
        super().__init__(f"order/{name}", municipality)
        self.name = name

    def _told(self, event: str, at: str, demands: tuple[tuple[int, int], ...], seats: int, kind: str) -> Self:
        asked = [{"area": area, "level": level, "weight": 1.0} for area, level in demands]
        ids = {"order_id": self.name, "company_id": "acme"}
        return self.tell("outcomes", event, at, **ids, demands=asked, seats=seats, kind=kind)

    def placed(self, at: str, *demands: tuple[int, int], seats: int = 1, kind: str = "ordinary") -> Self:
        return self._told("order-placed", at, demands, seats, kind)

    def changed(self, at: str, *demands: tuple[int, int], seats: int = 1, kind: str = "ordinary") -> Self:
        return self._told("order-changed", at, demands, seats, kind)

    def closed(self, at: str) -> Self:
        return self.tell("outcomes", "order-closed", at, order_id=self.name, company_id="acme")


class Company(Story):
    """A company with agreements (``s1``) and contacts (``x1``)."""

    def __init__(self, name: str = "acme", municipality: str = HERE) -> None:
        super().__init__(f"company/{name}", municipality)
        self.name = name

    def _own(self, event: str, at: str, /, **data: Any) -> Self:
        return self.tell("outcomes", event, at, company_id=self.name, **data)

    def signed(self, on: str, until: str | None = None, agreement: str = "s1") -> Self:
        return self._own("agreement-signed", on, on=on, until=until, agreement_id=agreement, kind="cooperation")

    def ended(self, on: str, agreement: str = "s1") -> Self:
        return self._own("agreement-ended", on, on=on, agreement_id=agreement)

    def asked(self, at: str, contact: str = "x1") -> Self:
        return self._own("company-asked", at, at=at, contact_id=contact, wants="hire")

    def answered(self, at: str, contact: str = "x1") -> Self:
        return self._own("company-answered", at, at=at, contact_id=contact)


def course(name: str = "k1", kind: str = "mikrosprint", *, it_specific: bool = True, **data: Any) -> list[Fact]:
    """A course as offered."""
    described = {
        "course_id": name,
        "title": "Digital koordinator",
        "kind": kind,
        "provider": "Ivækst",
        "methods": ["classroom"],
        "it_specific": it_specific,
        **data,
    }
    return Story(f"course/{name}").tell("courses", "course-offered", "2021-01-04", **described).facts


def cohort(name: str = "h1", course: str = "k1", starts: str = "2021-03-01") -> list[Fact]:
    """A cohort of a course as opened."""
    opened = {"cohort_id": name, "course_id": course, "starts": starts, "ends": starts, "capacity": 20}
    return Story(f"cohort/{name}").tell("courses", "cohort-opened", "2021-01-05", **opened).facts


KNOWN = [*course(), *cohort()]
"""The one course and cohort that stories default to: an IT-specific mikrosprint."""


def counted(*stories: Story) -> Counter[Cell]:
    """The projection: the sum of every entity's contributions."""
    cells: Counter[Cell] = Counter()
    for story in stories:
        cells.update(contributions(story.facts))
    return cells


def rows(
    stories: Iterable[Story], indicator: str, as_of: str, *, references: Iterable[Fact] = KNOWN, **cut: Any
) -> list[dict[str, Any]]:
    """The figure rows of the stories."""
    cells = counted(*stories).items()
    answer = figures(cells, References.of(references), indicator=indicator, as_of=date.fromisoformat(as_of), **cut)
    return [figure.row() for figure in answer]


def row(stories: Story | Iterable[Story], indicator: str, as_of: str, **cut: Any) -> dict[str, Any]:
    """The one row of an uncut figure."""
    one = [stories] if isinstance(stories, Story) else list(stories)
    (only,) = rows(one, indicator, as_of, **cut)
    return only


def numbers(stories: Story | Iterable[Story], indicator: str, as_of: str, **cut: Any) -> tuple[int, int, float | None]:
    """(so far, mature numerator, mature denominator) of the one row."""
    only = row(stories, indicator, as_of, **cut)
    return only["so_far"], only["numerator"], only["denominator"]
