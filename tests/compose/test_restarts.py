"""Every container stops, crashes and is replaced: the figures stay, and everything goes on."""

import pytest

from tests.compose.figures import NAESTVED, everything_works
from tests.compose.stack import PARTS, ComposeStack, run
from tests.waiting import eventually


@pytest.mark.parametrize("part", PARTS)
async def test_an_orderly_restart(told: ComposeStack, part: str) -> None:
    before = told.started(part)

    told.compose("restart", part)

    assert told.started(part) != before
    await everything_works(told)


@pytest.mark.parametrize("part", PARTS)
async def test_a_crash(told: ComposeStack, part: str) -> None:
    before = told.started(part)

    told.crash(part)

    await eventually(lambda: told.started(part) != before, what=f"Docker starts {part} again")
    await everything_works(told)


async def test_new_containers_for_everything(told: ComposeStack) -> None:
    before = {part: told.container(part) for part in PARTS}

    told.compose("up", "--detach", "--force-recreate")

    assert all(told.container(part) != container for part, container in before.items())
    await everything_works(told)


async def test_who_is_away_is_told_so_and_the_others_go_on(told: ComposeStack) -> None:
    told.compose("stop", "courses", "desk")
    try:
        async with await told.caller("manager", municipality=NAESTVED) as manager:
            service = await manager.get("/courses/courses")
            page = await manager.get("/")
            others = await manager.get("/outcomes/effect", params={"indicator": "funnel"})
    finally:
        told.compose("start", "courses", "desk")

    assert (service.status_code, service.headers["Content-Type"]) == (503, "application/problem+json")
    assert service.json()["type"] == "urn:loeft:problem:service-away"
    assert service.headers["Retry-After"] == "2"
    assert page.status_code == 503
    assert "Siden er ved at starte" in page.text
    assert others.status_code == 200
    await everything_works(told)


async def test_a_broker_that_lost_everything_is_filled_again(told: ComposeStack) -> None:
    told.compose("rm", "--stop", "--force", "nats")
    run("docker", "volume", "rm", f"{told.project}_nats")

    told.compose("up", "--detach")

    await everything_works(told)
    assert "BAD" not in told.compose("run", "--rm", "migrate", "loeft", "doctor").decode()
