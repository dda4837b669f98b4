"""All of this part's routes."""

from services.desk.door.access import router
from services.desk.efforts import effort, exports, goals

api = router()
for noun in (effort, exports, goals):
    api.include_router(noun.api)
