"""All of this part's routes."""

from services.desk.door.access import router
from services.desk.workshops import day, sites, visits

api = router()
for noun in (sites, day, visits):
    api.include_router(noun.api)
