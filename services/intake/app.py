"""Composition of intake, nothing else."""

from services.intake.api import api
from services.intake.reactions import REACTIONS
from services.intake.state import APPLY
from shared.web import Service

service = Service(
    name="intake",
    api=api,
    apply=APPLY,
    reactions=REACTIONS,
    description="Who the jobcenter's citizens are, what stands in their way, and what they are referred to.",
)
app = service.app
