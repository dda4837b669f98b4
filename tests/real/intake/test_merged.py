"""Two ids were one citizen: one stands from then on, and what was told under the other is hers."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from services.intake.state import APPLY
from shared.contracts.intake import CitizensMerged
from shared.persistence import Database, Origin
from shared.web import Role
from tests.conftest import NewDatabase
from tests.real.answers import done, refused
from tests.real.imported import same_when_imported
from tests.real.intake.efforts import Efforts
from tests.real.intake.office import VISIT, citizens, person, referred
from tests.real.running_service import RunningService
from tests.today import today, tomorrow, yesterday


async def merge(intake: RunningService, *pairs: tuple[str, str]) -> None:
    """Tell that of each pair the second id was merged into the first."""
    database = Database(intake.address, APPLY)
    await database.open()
    try:
        async with database.transaction(Origin("merger")) as tx:
            for kept, merged in pairs:
                await tx.append(CitizensMerged(municipality="0101", citizen_id=UUID(kept), merged_id=UUID(merged)))
    finally:
        await database.close()


async def refer(caller: httpx.AsyncClient, citizen_id: str, offer: str = "workshop") -> str:
    body = {"offer": offer, "reason": "e-Boks", "due": str(tomorrow())}
    return str(done(await caller.post(f"/citizens/{citizen_id}/referrals", json=body), 201)["referral_id"])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/citizens/{}/changes", {"valid_from": str(today()), "device": "none"}),
        ("/citizens/{}/departure", {"reason": "job", "on": str(today())}),
        ("/citizens/{}/barriers", {"kind": "danish", "severity": "low"}),
        ("/citizens/{}/barriers/reading/clear", {}),
        ("/citizens/{}/referrals", {"offer": "workshop", "reason": "e-Boks", "due": str(tomorrow())}),
        ("/visits", VISIT | {"citizen_id": "{}"}),
        ("/visits", VISIT | {"citizen_id": "{}", "answer_referral": True}),
    ],
)
async def test_no_command_tells_anything_more_under_an_id_that_was_merged(
    intake: RunningService, caseworker: httpx.AsyncClient, path: str, body: dict[str, Any]
) -> None:
    kept, merged = await citizens(caseworker, 2)
    await merge(intake, (kept, merged))
    before = len(await intake.log())
    sent = {name: value.format(merged) if isinstance(value, str) else value for name, value in body.items()}
    problem = refused(await caseworker.post(path.format(merged), json=sent), 409, "citizen-merged")
    assert problem["kept"] == {merged: kept}
    assert len(await intake.log()) == before


async def test_mergers_lead_to_who_stands_now_in_whatever_order_they_come(
    intake: RunningService, caseworker: httpx.AsyncClient, new_database: NewDatabase
) -> None:
    last, second, first = await citizens(caseworker, 3)
    await merge(intake, (last, second), (second, first))
    for citizen_id in (first, second):
        assert done(await caseworker.get(f"/citizens/{citizen_id}"))["merged_into"] == last
    assert done(await caseworker.get(f"/citizens/{last}"))["merged_into"] is None
    await same_when_imported(intake, await new_database("intake"), APPLY, "citizen")


async def test_she_is_found_by_either_number_and_by_either_reference(
    intake: RunningService, caseworker: httpx.AsyncClient
) -> None:
    kept, merged = await citizens(caseworker, 2)
    await merge(intake, (kept, merged))
    for number in ("010179-0001", "010179-0002"):
        assert done(await caseworker.post("/citizens/lookup", json={"cpr": number}))["citizen_id"] == kept
        assert (
            refused(await caseworker.post("/citizens", json=person(number)), 409, "citizen-known")["citizen_id"] == kept
        )
    for reference in (kept[-8:], merged[-8:]):
        told = done(await caseworker.get("/citizens", params={"reference": reference, "presence": "all"}))
        assert [one["citizen_id"] for one in told["citizens"]] == [kept]
    departure = {"reason": "job", "on": str(today())}
    done(await caseworker.post(f"/citizens/{kept}/departure", json=departure))
    assert done(await caseworker.post("/citizens", json=person("010179-0002")), 201)["citizen_id"] == kept


async def have_barriers(caseworker: httpx.AsyncClient, kept: str, merged: str) -> None:
    """Two barriers; of one of them both ids tell, each with a weight of its own."""
    for citizen_id, kind, severity in (
        (kept, "reading", "low"),
        (merged, "reading", "high"),
        (merged, "device", "high"),
    ):
        barrier = {"kind": kind, "severity": severity}
        done(await caseworker.post(f"/citizens/{citizen_id}/barriers", json=barrier))


async def test_what_was_told_under_the_other_id_is_hers_and_can_be_answered_and_cleared(
    intake: RunningService, caseworker: httpx.AsyncClient, new_database: NewDatabase
) -> None:
    kept, merged = await citizens(caseworker, 2)
    own, others = await refer(caseworker, kept, "test"), await refer(caseworker, merged)
    await have_barriers(caseworker, kept, merged)
    await merge(intake, (kept, merged))

    told = done(await caseworker.get(f"/citizens/{kept}"))["barriers"]
    assert [(one["kind"], one["severity"]) for one in told] == [("device", "high"), ("reading", "low")]
    listed = (await caseworker.get(f"/citizens/{kept}/referrals")).json()
    assert {one["referral_id"] for one in listed} == {own, others}
    awaited = done(await caseworker.get("/referrals", params={"offer": "workshop"}))
    assert [(one["referral_id"], one["citizen_id"]) for one in awaited["referrals"]] == [(others, kept)]
    again = {"offer": "workshop", "reason": "e-Boks", "due": str(tomorrow())}
    refused(await caseworker.post(f"/citizens/{kept}/referrals", json=again), 409, "referral-awaited")

    for kind in ("device", "reading"):
        done(await caseworker.post(f"/citizens/{kept}/barriers/{kind}/clear"))
    assert done(await caseworker.get(f"/citizens/{kept}"))["barriers"] == []
    mentor = intake.caller(Role.EMENTOR)
    visit = VISIT | {"citizen_id": kept, "answer_referral": True}
    assert done(await mentor.post("/visits", json=visit), 201)["referral_id"] == others
    events = (await intake.log(f"citizen/{kept}"))[-2:]
    assert [(one.name, one.data["citizen_id"]) for one in events] == [
        ("workshop-visited", kept),
        ("referral-answered", kept),
    ]
    await same_when_imported(intake, await new_database("intake"), APPLY, "barrier", "referral", "visit")


async def test_a_visit_that_names_her_referral_only_is_hers(
    intake: RunningService, caseworker: httpx.AsyncClient
) -> None:
    kept, merged = await citizens(caseworker, 2)
    referral_id = await refer(caseworker, merged)
    await merge(intake, (kept, merged))
    done(await caseworker.post("/visits", json=VISIT | {"referral_id": referral_id}), 201)
    (told,) = done(await caseworker.get("/visits"))["known"]
    assert told["citizen_id"] == kept
    assert await intake.database.fetchval("SELECT answer FROM referral") == "accepted"


async def test_her_line_of_the_work_list_has_what_was_told_under_the_other_id(
    intake: RunningService, caseworker: httpx.AsyncClient
) -> None:
    kept, merged, other = await citizens(caseworker, 3)
    await have_barriers(caseworker, kept, merged)
    early = await referred(caseworker, merged, None, offer="workshop", due=str(today()))
    await referred(
        caseworker, kept, None, offer="self-service", happened=f"{yesterday()}T12:00:00Z", due=str(tomorrow())
    )
    await merge(intake, (kept, merged))

    async def lines(**asked: Any) -> dict[str, dict[str, Any]]:
        told = done(await caseworker.get("/citizens", params=asked))
        assert told["total"] == len(told["citizens"])
        return {one["citizen_id"]: one for one in told["citizens"]}

    for sort in ("longest", "newest", "due"):
        line = (await lines(sort=sort))[kept]
        assert line["barriers"] == [{"kind": "device", "severity": "high"}, {"kind": "reading", "severity": "low"}]
        assert line["awaited_due"] == str(today())
        assert (line["referral"]["referral_id"], line["referral"]["offer"]) == (early, "workshop")
    assert list(await lines(sort="due")) == [kept, other]
    assert list(await lines(barrier="device")) == [kept]
    assert list(await lines(barrier="danish")) == []
    assert list(await lines(referral="waiting")) == [kept]
    assert list(await lines(referral="none")) == [other]
    page = done(await caseworker.get(f"/citizens/{kept}"))
    shown = [(one["kind"], one["severity"]) for one in page["barriers"]]
    assert shown == [(one["kind"], one["severity"]) for one in (await lines())[kept]["barriers"]], "as on her page"


async def test_who_has_only_what_was_told_under_the_other_id_is_found_by_it(
    intake: RunningService, caseworker: httpx.AsyncClient
) -> None:
    last, second, first = await citizens(caseworker, 3)
    done(await caseworker.post(f"/citizens/{first}/barriers", json={"kind": "device", "severity": "low"}))
    answered = await refer(caseworker, second)
    done(await caseworker.post(f"/referrals/{answered}/answer", json={"answer": "refused"}))
    await merge(intake, (last, second), (second, first))
    for asked in ({"barrier": "device"}, {}):
        (line,) = done(await caseworker.get("/citizens", params=asked))["citizens"]
        assert (line["citizen_id"], [one["kind"] for one in line["barriers"]]) == (last, ["device"])
        assert (line["referral"]["referral_id"], line["referral"]["answer"], line["awaited_due"]) == (
            answered,
            "refused",
            None,
        )
    for asked in ({"referral": "none"}, {"referral": "waiting"}):
        assert done(await caseworker.get("/citizens", params=asked))["total"] == 0


async def test_a_list_of_the_day_and_a_notice_name_who_stands(
    intake: RunningService, caseworker: httpx.AsyncClient, efforts: Efforts
) -> None:
    kept, merged = await citizens(caseworker, 2)
    course_id = await efforts.offer()
    stopped = await referred(caseworker, merged, course_id)
    done(await caseworker.post("/visits", json=VISIT | {"citizen_id": merged}), 201)
    await efforts.close(course_id)
    await merge(intake, (kept, merged))
    (told,) = done(await caseworker.get("/visits"))["known"]
    assert told["citizen_id"] == kept
    (notice,) = (await caseworker.get("/notices")).json()
    assert [one["citizen_id"] for one in notice["referrals"]] == [kept]
    instead = await referred(caseworker, kept, await efforts.offer("Office 365"), replaces=stopped)
    listed = (await caseworker.get(f"/citizens/{kept}/referrals")).json()
    assert {one["referral_id"]: one["replaced_by"] for one in listed} == {stopped: instead, instead: None}
    assert (await caseworker.get("/notices")).json()[0]["referrals"] == []
