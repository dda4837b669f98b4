"""The verdicts of pilots on demand, from the cells that the projector keeps. The API and the CLI share it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, Field

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.pilot_verdict import PilotVerdict, pilot_verdict
from services.outcomes.effect.references import References
from services.outcomes.effect.verdict_sentence import RULE, said, said_without_counts
from services.outcomes.projection.as_known import as_known, changed_since, recorded_by
from services.outcomes.projection.cell_table import cells_of_course
from services.outcomes.projection.fact_table import reference_facts
from services.outcomes.projection.histories import decoded
from shared.contracts.vocabulary import PilotDecision, Verdict
from shared.persistence.connection import Connection


class DecisionView(BaseModel):
    """A person decided how the pilot goes on."""

    decision: PilotDecision
    verdict: Verdict
    decided_by_role: str
    reason: str
    on: date


class VerdictView(BaseModel):
    """A pilot as of a day: what was registered, what the figures say against it, and what people decided.

    The counts are null for those who may not see how few a figure rests on.
    """

    pilot_id: str
    municipality: str
    course_id: str
    course: str | None = Field(description="The course's title.")
    as_of: date
    as_known: date | None = Field(description="Nothing that was recorded after this day counts; null for all.")
    measure: str = Field(description="Key of the indicator.", examples=["mikrosprint_job"])
    window: int = Field(description="Days after a participation's end within which an outcome counts.")
    benchmark: float = Field(description="The share that it must beat.")
    registered_on: date = Field(description="Participations that started before this day do not count.")
    first_size: int = Field(description="Participations before the first decision.")
    planned_size: int = Field(description="Participations planned in all.")
    verdict: Verdict
    said: str = Field(description="The verdict in one or two plain Danish sentences.")
    n: int | None = Field(
        description="Participations that are counted: mature, as is everybody who started no later than they did."
    )
    successes: int | None = Field(description="Those of them that reached the measure.")
    share: float | None = Field(description="successes / n; null when nobody is counted.")
    low: float | None = Field(description="Lower end of the 95 % interval that holds at every look.")
    high: float | None = Field(description="Upper end of it.")
    waiting: int | None = Field(description="Mature ones behind somebody who started no later and is not mature.")
    unsettled: int | None = Field(description="Those that have started and are not mature.")
    decisions: list[DecisionView] = Field(description="The earliest first.")
    definition: str = Field(description="The rule, in Danish.")


async def verdicts_of(
    connection: Connection, as_of: date, municipality: str | None = None, known: date | None = None
) -> list[PilotVerdict]:
    """The verdict of every pilot that was registered by then, of one municipality or (None) of all; newest first.

    ``known`` leaves out everything that was recorded after that Danish day: participations, jobs, decisions, and whole
    pilots.
    """
    facts = decoded(await reference_facts(connection))
    learnt_since: dict[Cell, int] = {}
    if known is not None:
        before = recorded_by(known)
        facts = [fact for fact in facts if fact.recorded < before]
        learnt_since = as_known((), await changed_since(connection, before), before)
    references = References.of(facts)
    found = []
    for pilot in references.pilots.values():
        if municipality in (None, pilot.municipality):
            cells = Counter(dict(await cells_of_course(connection, pilot.municipality, pilot.course, "participation")))
            cells.update(learnt_since)
            found.append(pilot_verdict(pilot, cells.items(), references, as_of))
    return newest_first(found)


def newest_first(verdicts: Iterable[PilotVerdict | None]) -> list[PilotVerdict]:
    """Those that there are, the pilot registered last first."""
    there = [verdict for verdict in verdicts if verdict is not None]
    return sorted(there, key=lambda one: (one.pilot.registered, one.pilot.id), reverse=True)


def view(verdict: PilotVerdict, *, counts: bool, known: date | None = None) -> VerdictView:
    """The verdict as it is answered, with or without its counts; ``known`` is the day by which all was recorded."""
    pilot, judged = verdict.pilot, verdict.judged
    return VerdictView(
        pilot_id=pilot.id,
        municipality=pilot.municipality,
        course_id=pilot.course,
        course=verdict.course.title,
        as_of=judged.decided_at,
        as_known=known,
        measure=pilot.measure,
        window=pilot.window,
        benchmark=pilot.benchmark,
        registered_on=date.fromordinal(pilot.registered),
        first_size=pilot.first_size,
        planned_size=pilot.planned_size,
        verdict=judged.verdict,
        said=said(verdict) if counts else said_without_counts(verdict),
        n=judged.n if counts else None,
        successes=judged.successes if counts else None,
        share=judged.successes / judged.n if counts and judged.n else None,
        low=judged.low if counts else None,
        high=judged.high if counts else None,
        waiting=verdict.waiting if counts else None,
        unsettled=verdict.unsettled if counts else None,
        decisions=[
            DecisionView(
                decision=told.decision,
                verdict=told.verdict,
                decided_by_role=told.decided_by_role,
                reason=told.reason,
                on=date.fromordinal(told.on),
            )
            for told in pilot.decisions
        ],
        definition=RULE,
    )
