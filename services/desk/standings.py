"""Where people stand so many months after they stopped. Pure."""

from dataclasses import dataclass

from services.desk import labels, wording
from services.desk.outcome import Outcome, Outcomes
from services.desk.share import Share
from shared import danish

FLEXJOB = "flexjob"


@dataclass(frozen=True, slots=True)
class Standing:
    """How many stand so."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class StandingsAfter:
    """So many months after the end: ``people`` are those whose standing is settled; flexjobs stand by themselves.

    ``job`` is None before anybody's is settled.
    """

    when: str
    people: int
    job: Share | None
    others: tuple[Standing, ...]
    flexjob: int
    provisional: int


@dataclass(frozen=True, slots=True)
class Standings:
    """All of them, the earliest first."""

    after: tuple[StandingsAfter, ...]
    flexjobs: bool
    """Whether anybody has a flexjob: otherwise nothing is said of it."""
    provisional: str
    definition: str


def standings(outcomes: Outcomes) -> Standings | None:
    """The standings in a document; None when it has none."""
    by_months: dict[int, list[Outcome]] = {}
    for row in outcomes.of("status_after"):
        by_months.setdefault(row.after_months or 0, []).append(row)
    if not by_months:
        return None
    after = tuple(_after(months, rows) for months, rows in sorted(by_months.items()))
    waiting = [f"{wording.number(each.provisional)} {each.when.lower()}" for each in after if each.provisional]
    return Standings(
        after,
        flexjobs=any(each.flexjob for each in after),
        provisional=f"Foreløbigt ude: {danish.joined(waiting)}. De tælles først med, når de har været væk i 30 dage."
        if waiting
        else "",
        definition=outcomes.definition("status_after"),
    )


def _after(months: int, rows: list[Outcome]) -> StandingsAfter:
    counts = {str(row.stage): row.numerator for row in rows}
    people = int(rows[0].denominator or 0)
    return StandingsAfter(
        when=f"Efter {wording.months(months)}",
        people=people,
        job=Share.of(counts.get("job", 0), people),
        others=tuple(Standing(key, name, counts.get(key, 0)) for key, name in labels.STANDINGS.items() if key != "job"),
        flexjob=counts.get(FLEXJOB, 0),
        provisional=sum(row.provisional for row in rows),
    )
