"""The commands and queries of outcomes over HTTP, one noun a file."""

from services.outcomes.api import (
    agreements,
    companies,
    contacts,
    effect,
    events,
    orders,
    placement_agreements,
    placements,
    targets,
    verdicts,
)
from shared.web import routes_of

NOUNS = (
    companies,
    agreements,
    contacts,
    orders,
    events,
    placements,
    placement_agreements,
    targets,
    effect,
    verdicts,
)

api = routes_of(*NOUNS)
