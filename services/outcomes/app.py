"""Composition of outcomes, nothing else."""

from services.outcomes.api import api
from services.outcomes.projection.projector import Projector
from services.outcomes.reactions import REACTIONS
from services.outcomes.releasing import Releasing
from services.outcomes.state import APPLY
from shared.persistence.access_log import Mergers
from shared.web import Service

service = Service(
    name="outcomes",
    description="Companies, agreements, matchmaking, placements; and what every effort leads to, by the events.",
    api=api,
    apply=APPLY,
    reactions=REACTIONS,
    mergers=Mergers("known_citizen"),
    workers=[Projector, Releasing],
)
app = service.app
