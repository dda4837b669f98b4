"""Intake's commands and queries over HTTP, one noun a file."""

from services.intake.api import barriers, citizens, notices, referrals
from shared.web import router

api = router()
for noun in (citizens, barriers, referrals, notices):
    api.include_router(noun.api)
