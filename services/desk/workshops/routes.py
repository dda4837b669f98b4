"""All of this part's routes."""

from services.desk.door.access import router
from services.desk.workshops import day, sites, visits, visits_of_day

api = router()
for noun in (sites, day, visits, visits_of_day):
    api.include_router(noun.api)
