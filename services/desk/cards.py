"""What stands on the page: one card an effort, one summary a municipality. Pure; the templates only lay it out."""

from dataclasses import dataclass
from datetime import date

from services.desk import labels, wording
from services.desk.audience import audience
from services.desk.documents import Course, Effort, Municipality
from services.desk.figure import Figure
from services.desk.funnel import Funnel, funnel
from services.desk.measures import STANDING, Measure, MovedOn, measure, moved_on, row
from services.desk.share import Share
from services.desk.target_group import target_group
from shared import danish


@dataclass(frozen=True, slots=True)
class EffortCard:
    """One effort. ``order`` sorts cards: the latest cohort first."""

    id: str
    order: str
    municipality: str
    course_id: str
    title: str
    facts: tuple[str, ...]
    audience: str
    cohorts: tuple[str, ...]
    as_of: date
    headline: str
    funnel: Funnel
    measures: tuple[Measure, ...]
    moved_on: MovedOn | None


@dataclass(frozen=True, slots=True)
class Group:
    """Reach in one target group."""

    name: str
    share: Share | None


@dataclass(frozen=True, slots=True)
class SummaryCard:
    """One municipality as a whole."""

    id: str
    municipality: str
    name: str
    as_of: date
    targets: tuple[Measure, ...]
    moved_on: MovedOn | None
    service_goal: Measure | None
    reach: Measure | None
    reach_groups: tuple[Group, ...]


def element_id(key: str) -> str:
    """The HTML id of a projection: keys have dots, which selectors would read as classes."""
    return key.replace(".", "-")


def effort_card(key: str, effort: Effort) -> EffortCard:
    """The card of one effort."""
    course, rows, cohorts = effort.course, _of_the_course(effort.rows), effort.cohorts
    way = funnel(effort.rows)
    wanted = [
        ("mikrosprint_job", course.kind == "mikrosprint", way.started),
        ("it_course_job", course.it_specific, None),
        ("upskilled_praktik", True, None),
    ]
    measures = [
        measure(figure, cohorts, today=effort.as_of, started=started)
        for indicator, shown, started in wanted
        if shown and (figure := row(rows, indicator)) is not None
    ]
    moved = row(rows, "moved_on")
    dated = sorted(((c.starts, c.ends, c.capacity) for c in cohorts if c.starts and c.ends), key=lambda c: c[:2])
    latest = max((starts for starts, *_ in dated), default=date.min)
    return EffortCard(
        id=element_id(key),
        order=f"{date.max.toordinal() - latest.toordinal():07}-{course.title}-{course.id}",
        municipality=effort.municipality,
        course_id=course.id,
        title=course.title or "Indsats uden navn",
        facts=facts(course),
        audience=audience(course.target_groups),
        cohorts=tuple(
            wording.span(starts, ends) + (f" ({wording.number(capacity)} pladser)" if capacity else "")
            for starts, ends, capacity in dated
        ),
        as_of=effort.as_of,
        headline=headline(way),
        funnel=way,
        measures=tuple(measures),
        moved_on=moved_on(moved, cohorts, today=effort.as_of, started=way.started) if moved else None,
    )


def facts(course: Course) -> tuple[str, ...]:
    """Kind, provider and methods, as far as they are known."""
    kind = labels.COURSE_KINDS.get(course.kind, course.kind) if course.kind else None
    methods = danish.joined([labels.METHODS.get(method, method) for method in course.methods])
    return tuple(fact for fact in (kind, course.provider, methods) if fact)


def _of_the_course(rows: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The rows that are about the course as a whole, not about one of its cohorts."""
    return tuple(figure for figure in rows if "cohort" not in figure.dimensions)


def headline(way: Funnel) -> str:
    """The effort in one sentence: ``23 borgere startede: 17 gennemførte, 3 fik job undervejs og 3 faldt fra.``"""
    if not way.started:
        first = way.first
        invited = f" {first.name}: {wording.number(first.count)}." if first and first.count else ""
        return f"Ingen er startet endnu.{invited}"
    parts = [f"{wording.number(ending.count)} {_mid_sentence(ending.name)}" for ending in way.endings]
    if way.running:
        parts.append(f"{wording.number(way.running)} er i gang")
    return f"{wording.people(way.started)} startede: {danish.joined(parts)}."


def _mid_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


def summary_card(key: str, municipality: Municipality) -> SummaryCard:
    """The summary of one municipality."""
    whole = tuple(figure for figure in municipality.rows if "target_group" not in figure.dimensions)
    today = municipality.as_of
    found = {name: figure for name in _SUMMARY if (figure := row(whole, name)) is not None}
    shown = {
        name: measure(figure, today=today, counted="I dag" if name == STANDING else "I alt, alle år")
        for name, figure in found.items()
    }
    return SummaryCard(
        id=element_id(key),
        municipality=municipality.municipality,
        name=labels.municipality(municipality.municipality),
        as_of=today,
        targets=tuple(shown[name] for name in _SUMMARY[:4] if name in shown),
        moved_on=moved_on(found["moved_on"], today=today) if "moved_on" in found else None,
        service_goal=shown.get("service_goal"),
        reach=shown.get("reach"),
        reach_groups=tuple(
            Group(
                target_group(figure.dimensions["target_group"], today), Share.of(figure.numerator, figure.denominator)
            )
            for figure in municipality.rows
            if figure.indicator == "reach" and "target_group" in figure.dimensions
        ),
    )


_SUMMARY = ("agreements", "mikrosprint_job", "it_course_job", "upskilled_praktik", "moved_on", "service_goal", "reach")
