"""Intake's commands and queries over HTTP, one noun a file."""

from services.intake.api import barriers, citizens, notices, openings, referrals, visits, work_list
from shared.web import routes_of

api = routes_of(citizens, work_list, barriers, referrals, notices, visits, openings)
