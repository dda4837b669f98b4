"""All of this part's routes."""

from fastapi import APIRouter

from services.desk.cohorts import calendar, certificates, cohort, listing, opening, roster, seats

api = APIRouter()
for noun in (listing, opening, calendar, cohort, seats, roster, certificates):  # fixed addresses before /hold/{id}
    api.include_router(noun.api)
api.include_router(calendar.subscribed)
