"""One citizen's page."""

from starlette.responses import Response

from services.desk.citizens.folder import TheFolder
from services.desk.door.access import router
from services.desk.door.callers import CaseworkerOrMentor

api = router()


@api.get("/borgere/{citizen_id}")
async def citizen(folder: TheFolder, caller: CaseworkerOrMentor) -> Response:
    """Her situation, the next step, what can be done, and her time line. Each service logs the read."""
    return await folder.page()
