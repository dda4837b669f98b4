"""Intake's commands and queries over HTTP, one noun a file."""

from services.intake.api import barriers, citizens, notices, openings, referrals, visits, work_list
from shared.web import router

api = router()
for noun in (citizens, work_list, barriers, referrals, notices, visits, openings):
    api.include_router(noun.api)
