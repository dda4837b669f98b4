"""Composition of assessment, nothing else."""

from services.assessment.api import api
from services.assessment.expiry import Expiry
from services.assessment.reactions import REACTIONS
from services.assessment.rescoring import Rescoring
from services.assessment.state import APPLY
from services.assessment.web import opening, results, sitting
from services.assessment.web.render import STATIC
from shared.persistence.access_log import Mergers
from shared.web import Service, design

service = Service(
    name="assessment",
    api=api,
    apply=APPLY,
    reactions=REACTIONS,
    mergers=Mergers("known_citizen"),
    workers=[Expiry, Rescoring],
    description="What a citizen can do digitally, what a job asks for, and the gap between the two.",
)
app = service.app
for pages in (sitting.pages, results.pages, opening.pages):  # the last takes what the others leave
    app.include_router(pages)
design.serve(app, STATIC)
