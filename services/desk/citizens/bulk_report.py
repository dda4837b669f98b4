"""What became of each of many citizens, in a sentence. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.desk.citizens.words import REFUSALS
from services.desk.reference import reference
from shared.problems import Problem

Outcome = Literal["inviteret", "inviteret i forvejen", "fik plads", "kom på venteliste", "ikke udført"]


@dataclass(frozen=True, slots=True)
class Line:
    """One citizen: what became of her, and why when nothing did."""

    citizen_id: UUID
    outcome: Outcome
    said: str

    @property
    def reference(self) -> str:
        """What she is called."""
        return reference(self.citizen_id)

    @property
    def done(self) -> bool:
        """Whether it could be done."""
        return self.outcome != "ikke udført"


def invited(citizen_id: UUID, *, anew: bool) -> Line:
    """She is invited, or was already."""
    if anew:
        return Line(citizen_id, "inviteret", "Inviteret.")
    return Line(citizen_id, "inviteret i forvejen", "Var inviteret i forvejen.")


def enrolled(citizen_id: UUID, position: int | None) -> Line:
    """She has a seat, or a place in line."""
    if position is None:
        return Line(citizen_id, "fik plads", "Fik plads.")
    return Line(citizen_id, "kom på venteliste", f"Holdet er fuldt: nummer {position} på ventelisten.")


def refused(citizen_id: UUID, problem: Problem) -> Line:
    """Nothing came of it."""
    why = REFUSALS.get(problem.code, "Det kunne ikke lade sig gøre lige nu. Prøv igen om et øjeblik.")
    return Line(citizen_id, "ikke udført", why)


def summary(lines: Sequence[Line]) -> list[str]:
    """``3 fik plads``, ``1 kom på venteliste``: how many, in the order in which it first came."""
    return [f"{number} {outcome}" for outcome, number in Counter(line.outcome for line in lines).items()]
