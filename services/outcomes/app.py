"""Composition of outcomes, nothing else."""

from services.outcomes.api import api
from services.outcomes.reactions import REACTIONS
from services.outcomes.state import APPLY
from shared.web import Service

service = Service(
    name="outcomes",
    description="Companies, agreements, matchmaking, placements; and what all efforts lead to, counted from the events.",
    api=api,
    apply=APPLY,
    reactions=REACTIONS,
)
app = service.app
