"""The story of Næstved in the running system: 23 started, 3 got a job on the way, and the effort is made a pilot.

The documents know of no pilot; that it must beat 45 % of the 60 planned is invented.
"""

import asyncio
import json
from pathlib import Path

from shared.contracts.courses import PilotOpened
from tests.browser.workplace import Workplace
from tests.faults.stack import LOEFT

MUNICIPALITY = "0370"
COURSE = "ac36ce32-3149-5bf7-81dc-384a3e4d0450"
PILOT = "5d0c0b4e-2222-4bf7-81dc-384a3e4d0450"
EFFORT = f"/indsatser/{COURSE}"
STORY = Path(__file__).parents[2] / "deploy/scenarios/naestved-2021.jsonl"


def pilot_opened() -> str:
    """The pilot's event, recorded on the day it names."""
    told = PilotOpened.model_validate(
        {
            "municipality": MUNICIPALITY,
            "pilot_id": PILOT,
            "course_id": COURSE,
            "benchmark": 0.45,
            "planned_size": 60,
            "first_size": 25,
            "measure": "mikrosprint_job",
            "window_days": 182,
            "registered_on": "2021-08-25",
        }
    )
    envelope = {
        "specversion": "1.0",
        "id": "0b9a6a51-1111-4bdb-840b-86a8c793d8fb",
        "source": f"/loeft/{MUNICIPALITY}/courses",
        "type": "dk.loeft.courses.pilot-opened.v1",
        "subject": f"pilot/{PILOT}",
        "time": "2021-08-25T08:00:00Z",
        "recordedtime": "2021-08-25T08:00:00Z",
        "sequence": "1",
        "datacontenttype": "application/json",
        "dataclassification": "public",
    }
    return json.dumps(envelope | {"data": told.model_dump(mode="json")})


async def tell(workplace: Workplace) -> None:
    """Import it; once more changes nothing."""
    directory = workplace.stack.directory
    pilot = directory.with_name("pilot.jsonl")
    pilot.write_text(f"{pilot_opened()}\n", encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        LOEFT, "events", "import", "--data", directory, STORY, pilot, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert process.returncode == 0, out.decode()
