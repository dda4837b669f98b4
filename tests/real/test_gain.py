"""A citizen is better at her retest, and two faulty items are neutralised: the figure is as if they never had been."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from services.assessment import expiry
from services.assessment.items.loading import item_bank
from tests.item_answers import BY_QUESTION, Choice, right, wrong
from tests.real.answers import done
from tests.real.assessment.taking import BEGIN
from tests.real.running_services import RunningServices, running_services
from tests.real.web.jobcenter import PERSON
from tests.real_machines import RealNats, RealPostgres
from tests.reference import effect
from tests.today import days_ago, today
from tests.waiting import eventually


@pytest.fixture
async def services(
    postgres: RealPostgres, nats: RealNats, own_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[RunningServices]:
    monkeypatch.setattr(expiry, "LOOK_S", 3600.0)  # tests are sat here that began weeks ago
    async with running_services(postgres, nats, own_directory) as services:
        yield services


async def sat(services: RunningServices, citizen: str, choice: Choice, days: int, purpose: str) -> list[str]:
    """A whole test so many days ago, by staff beside her; the items that were asked and count."""
    staff = services.client("assessment", "0101")
    then = {"happened": days_ago(days).isoformat()}

    async def offer() -> Any:
        answer = await staff.post(f"/citizens/{citizen}/sessions", json={"purpose": purpose} | then)
        return None if answer.status_code == 404 else done(answer, 201)

    test = (await eventually(offer, what="assessment knows the citizen"))["test_id"]
    shown, asked = done(await staff.post(f"/sessions/{test}/begin", json=BEGIN | then)), []
    while shown["status"] == "running":
        item = BY_QUESTION[shown["question"]["question"]["da"]]
        asked.append(item.id)
        body = {"question": shown["question"]["number"], "response": choice(item)} | then
        shown = done(await staff.post(f"/sessions/{test}/answers", json=body))
    return [item for item in asked if item_bank().item(item).state == "operational"]


async def gain(services: RunningServices, numerator: int, denominator: int) -> None:
    """Wait until the figure is this."""

    async def shown() -> bool:
        asked = {"indicator": "gain"}
        (row,) = done(await services.client("outcomes", "0101").get("/effect", params=asked))
        assert (row["numerator"], row["denominator"]) == (numerator, denominator)
        return True

    await eventually(shown, what=f"gain is {numerator} of {denominator}")


async def as_if_told_at_first(services: RunningServices) -> tuple[int, int]:
    """The same figure by the reference, had each test been told at once as it was scored last."""
    told = [one for name in ("intake", "assessment") for one in await services.of[name].log()]
    last = {one.data["test_id"]: one.data for one in told if one.name in {"test-finished", "result-rescored"}}
    events = [one.model_dump(mode="json", by_alias=True) for one in told if one.name != "result-rescored"]
    for event in events:
        if "test-finished" in event["type"]:
            event["data"] = {
                name: value
                for name, value in last[event["data"]["test_id"]].items()
                if name not in {"reason", "before"}
            }
    (row,) = [row for row in effect.figures(events, as_of=today(), window=182) if row["indicator"] == "gain"]
    return row["numerator"], row["denominator"]


async def neutralise(services: RunningServices, items: list[str]) -> None:
    """Take them out, and wait until every result is told anew."""
    manager = services.client("assessment", "0101")
    for item in items:
        done(await manager.post(f"/bank/items/{item}/neutralise", json={"reason": "To svar er rigtige"}))

    async def all_done() -> bool:
        return not any(one["left"] for one in done(await manager.get("/bank/neutralised")))

    await eventually(all_done, what="every result is told anew")


def of_area(items: list[str], area: int) -> list[str]:
    return [item for item in items if item_bank().item(item).area == area]


@pytest.mark.timeout(180)
async def test_rescoring_either_test_moves_the_gain_as_if_the_truth_had_been_told_at_first(
    services: RunningServices,
) -> None:
    body = PERSON | {"cpr": "010179-0001", "happened": days_ago(60).isoformat()}
    citizen = done(await services.client("intake", "0101").post("/citizens", json=body), 201)["citizen_id"]
    first = await sat(services, citizen, wrong, 40, "entry")
    second = await sat(services, citizen, right, 3, "retest")
    await gain(services, 5, 5)
    # area 1 is no longer measured at the retest, area 2 was not at first: neither can be compared
    await neutralise(services, of_area(second, 1))
    assert await as_if_told_at_first(services) == (4, 4)
    await gain(services, 4, 4)
    await neutralise(services, of_area(first, 2))
    assert await as_if_told_at_first(services) == (3, 3)
    await gain(services, 3, 3)
    # one answer of area 3 is left at the retest: measured, and too little to be sure that it is better
    await neutralise(services, of_area(second, 3)[1:] + of_area(first, 3)[1:])
    expected = await as_if_told_at_first(services)
    assert expected[1] == 3
    await gain(services, *expected)
    staff = services.client("assessment", "0101")
    sessions = done(await staff.get(f"/citizens/{citizen}/sessions"))
    retest = next(one["test_id"] for one in sessions if one["purpose"] == "retest")
    told = done(await staff.get(f"/sessions/{retest}/result"))
    assert len(told["gained"]) == expected[0], "the citizen is told of the areas that the figure counts"


@pytest.mark.timeout(180)
async def test_a_retest_after_thirteen_days_is_refused_and_one_after_fourteen_counts(services: RunningServices) -> None:
    body = PERSON | {"cpr": "010179-0001", "happened": days_ago(60).isoformat()}
    citizen = done(await services.client("intake", "0101").post("/citizens", json=body), 201)["citizen_id"]
    await sat(services, citizen, wrong, 14, "entry")
    staff = services.client("assessment", "0101")
    soon = {"purpose": "retest", "happened": days_ago(1).isoformat()}
    answer = await staff.post(f"/citizens/{citizen}/sessions", json=soon)
    assert (answer.status_code, answer.json()["type"].rsplit(":", 1)[-1]) == (409, "retest-too-soon")
    await sat(services, citizen, right, 0, "retest")
    await gain(services, 5, 5)
