"""Assessment's commands and queries over HTTP, one noun a file."""

from services.assessment.api import bank, gaps, orders, profiles, results, sessions, sitting
from shared.web import router

api = router()
for noun in (results, sessions, sitting, profiles, gaps, orders, bank):
    api.include_router(noun.api)
