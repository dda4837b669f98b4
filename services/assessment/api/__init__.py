"""Assessment's commands and queries over HTTP, one noun a file."""

from services.assessment.api import gaps, profiles, results
from shared.web import router

api = router()
for noun in (results, profiles, gaps):
    api.include_router(noun.api)
