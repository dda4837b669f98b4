"""Courses and cohorts (hold) at the desk: seats and line, invitations, roster, attendance, ends, certificates, calendar.

``listing.py`` and ``cohort.py`` show, ``opening.py`` makes new ones, ``seats.py``, ``roster.py`` and ``certificates.py``
send the commands of a cohort's page; ``layout.py`` is what they show, pure; ``ics.py`` writes calendars.
"""

from fastapi import APIRouter

from services.desk.cohorts import calendar, certificates, cohort, listing, opening, roster, seats

api = APIRouter()
for part in (listing, opening, calendar, cohort, seats, roster, certificates):  # fixed addresses before /hold/{id}
    api.include_router(part.api)
api.include_router(calendar.subscribed)
