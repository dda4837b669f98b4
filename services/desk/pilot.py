"""A pilot: what it must beat, what the figures say of it, and what people decided. Pure."""

from dataclasses import dataclass

from services.desk import labels, measures, wording
from services.desk.outcome import Decision, Outcomes
from services.desk.outcome import Pilot as Judged
from services.desk.share import Estimate
from shared import danish

STYLES = {"continue": "badge-success", "stop": "badge-error"}


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision in words."""

    on: str
    decision: str
    by: str
    figures: str
    reason: str


@dataclass(frozen=True, slots=True)
class PilotBox:
    """``answer`` is the verdict in a word, ``sentence`` what it rests on; ``estimate`` is None when nobody is counted.

    The interval holds at every look, however often one looks.
    """

    id: str
    verdict: str
    answer: str
    style: str
    sentence: str
    aim: str
    claim: str
    """The benchmark in few words."""
    benchmark: float
    estimate: Estimate | None
    waiting: str
    decisions: tuple[Decided, ...]
    definition: str


def pilots(outcomes: Outcomes) -> tuple[PilotBox, ...]:
    """The pilots of a document, the newest first."""
    return tuple(_box(pilot) for pilot in outcomes.pilots)


def _box(pilot: Judged) -> PilotBox:
    answer = labels.VERDICTS.get(pilot.verdict, pilot.verdict)
    measure = measures.TITLES.get(pilot.measure, pilot.measure)
    claim = wording.percent(pilot.benchmark, 0 if _whole(pilot.benchmark) else 1)
    return PilotBox(
        id=pilot.pilot_id,
        verdict=pilot.verdict,
        answer=answer,
        style=STYLES.get(pilot.verdict, "badge-info"),
        sentence=_reason(pilot.said, answer),
        claim=f"Kravet er mere end {claim}",
        aim=(
            f"{measure} for mere end {claim}"
            f" inden for {wording.window(pilot.window)}. Registreret {danish.day(pilot.registered_on)},"
            f" planlagt til {wording.people(pilot.planned_size)}."
        ),
        benchmark=pilot.benchmark,
        estimate=_estimate(pilot),
        waiting=_waiting(pilot),
        decisions=tuple(map(_decided, pilot.decisions)),
        definition=pilot.definition,
    )


def _reason(said: str, answer: str) -> str:
    """What the verdict rests on; the verdict itself stands in a badge."""
    reason = said.removeprefix(answer).lstrip(":. ")
    return _capital(reason).replace(" %", f"{danish.NBSP}%")


def _estimate(pilot: Judged) -> Estimate | None:
    if not pilot.n or pilot.successes is None or pilot.low is None or pilot.high is None:
        return None
    return Estimate(pilot.successes / pilot.n, pilot.low, pilot.high, pilot.n)


def _whole(share: float) -> bool:
    return abs(100 * share - round(100 * share)) < 1e-9


def _waiting(pilot: Judged) -> str:
    if not pilot.unsettled:
        return ""
    return f"{wording.people(pilot.unsettled)} er startet, men kan ikke tælles med endnu."


def _decided(decision: Decision) -> Decided:
    return Decided(
        on=danish.day(decision.on),
        decision=labels.DECISIONS.get(decision.decision, decision.decision),
        by=labels.ROLES.get(decision.decided_by_role, decision.decided_by_role),
        figures=labels.VERDICTS.get(decision.verdict, decision.verdict).lower(),
        reason=decision.reason,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
