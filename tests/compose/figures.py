"""What the documents say of the two stories, and the figures as a manager reads them through the proxy."""

from itertools import count
from typing import Any
from uuid import uuid4

from tests.compose.stack import ComposeStack
from tests.scenarios.stories import ELSEWHERE
from tests.waiting import eventually

NAESTVED, KOBENHAVN = "0370", "0101"

# the source documents: 23 started, 3 dropped out, 3 got a job, 17 completed and met companies
# and: 100 invited; 40 completed, 20 certified met partners (the README of the scenarios: 55 started, 9 dropped out)
DOCUMENTS = {
    NAESTVED: {"started": 23, "ended:dropped_out": 3, "ended:got_job": 3, "completed": 17, "met": 17, "job": 3},
    KOBENHAVN: {
        "invited": 100,
        "started": 55,
        "ended:dropped_out": 9,
        "ended:got_job": 6,
        "completed": 40,
        "certified": 20,
        "met": 20,
    },
}

_newcomers = count(1)


async def funnel(stack: ComposeStack, municipality: str) -> dict[str, int]:
    """How many reached each stage so far."""
    async with await stack.caller("manager", municipality=municipality, path="/outcomes/") as manager:
        answer = await manager.get("effect", params={"indicator": "funnel"})
        assert answer.status_code == 200, answer.text
        rows: list[dict[str, Any]] = answer.json()
        return {row["stage"]: row["so_far"] for row in rows}


async def figures_are_right(stack: ComposeStack, within_s: float = 120) -> None:
    """Wait until the figures are those of the documents, for the stories imported and for those told by commands."""
    expected = DOCUMENTS | {there: DOCUMENTS[here] for here, there in ELSEWHERE.items()}
    for municipality, documented in expected.items():

        async def right(municipality: str = municipality, documented: dict[str, int] = documented) -> bool:
            found = await funnel(stack, municipality)
            assert {stage: found[stage] for stage in documented} == documented
            return True

        await eventually(right, within_s, what=f"figures of {municipality}")


async def page_is_right(stack: ComposeStack) -> None:
    """Wait until the desk shows the figures of Næstved's course."""
    async with await stack.caller("manager", municipality=NAESTVED) as manager:

        async def shown() -> bool:
            answer = await manager.get("/")
            assert answer.status_code == 200, answer.status_code
            return "Digital koordinator" in answer.text and "3 af 23" in answer.text

        await eventually(shown, what="the page shows 3 of 23")


async def news_travels(stack: ComposeStack) -> None:
    """Register a citizen in intake, and wait until courses has heard of her: database, relay, bus and reaction."""
    newcomer = {
        "cpr": f"020280-{next(_newcomers):04}",
        "target_group": "2",
        "education_level": "unskilled",
        "unemployed_since": "2026-01-12",
    }
    once = {"Idempotency-Key": str(uuid4())}
    async with await stack.caller("caseworker", municipality=NAESTVED) as caseworker:

        async def registered() -> str | None:
            answer = await caseworker.post("/intake/citizens", json=newcomer, headers=once)
            if answer.status_code >= 500:  # a part that was killed may still be coming back
                return None
            assert answer.status_code == 201, answer.text
            return str(answer.json()["citizen_id"])

        citizen_id = await eventually(registered, what="intake registers a citizen")
        path = f"/courses/citizens/{citizen_id}/participations"

        async def known() -> bool:
            return (await caseworker.get(path)).status_code == 200

        await eventually(known, what="courses knows the citizen")


async def everything_works(stack: ComposeStack) -> None:
    """Healthy, with the right figures in API and page, and new events arrive."""
    await stack.healthy()
    await figures_are_right(stack)
    await page_is_right(stack)
    await news_travels(stack)
