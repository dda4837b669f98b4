"""Composition of assessment, nothing else."""

from services.assessment.api import api
from services.assessment.reactions import REACTIONS
from services.assessment.state import APPLY
from services.assessment.workers import Workers
from shared.web import Service

service = Service(
    name="assessment",
    api=api,
    apply=APPLY,
    reactions=REACTIONS,
    worker=Workers,
    description="What a citizen can do digitally, what a job asks for, and the gap between the two.",
)
app = service.app
