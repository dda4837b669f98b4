"""Service goal: a company that asks is answered within 24 hours."""

from collections.abc import Iterator

from services.outcomes.effect.cells import ServiceGoalCell
from services.outcomes.effect.days import HOUR, danish_day, moment
from services.outcomes.effect.history import Told, about, last

READS = frozenset({"company-asked", "company-answered"})


def service_goal_cells(history: Told) -> Iterator[ServiceGoalCell]:
    """A cell for each contact: the day it was due, 24 hours after it was made, and whether it was answered by then."""
    answered = about(history, "contact_id", "company-answered")
    for contact, facts in about(history, "contact_id", "company-asked").items():
        asked = last(facts)
        due = moment(asked.data["at"]) + 24 * HOUR
        in_time = any(moment(answer.data["at"]) <= due for answer in answered.get(contact, ()))
        yield ServiceGoalCell("service_goal", asked.municipality, danish_day(due), int(in_time))
