"""All of this part's routes. What has a name of its own goes before what takes a citizen's id."""

from services.desk.citizens import (
    assessment_forms,
    bulk,
    citizen_page,
    course_forms,
    intake_forms,
    list_page,
    placement_forms,
    registration,
)
from services.desk.door.access import router

api = router()
for noun in (
    list_page,
    registration,
    bulk,
    citizen_page,
    intake_forms,
    assessment_forms,
    course_forms,
    placement_forms,
):
    api.include_router(noun.api)
