"""Composition of intake, nothing else."""

from services.intake.api import api
from services.intake.closing import Closing
from services.intake.reactions import REACTIONS
from services.intake.state import APPLY
from services.intake.web import check_in
from services.intake.web.render import STATIC
from shared.persistence.access_log import Mergers
from shared.web import Service, design

service = Service(
    name="intake",
    api=api,
    apply=APPLY,
    reactions=REACTIONS,
    mergers=Mergers("citizen"),
    workers=[Closing],
    description="Who the jobcenter's citizens are, what stands in their way, and what they are referred to.",
)
app = service.app
app.include_router(check_in.pages)
design.serve(app, STATIC)
