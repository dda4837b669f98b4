"""Visits to workshops: of citizens and of people who are not known, with a referral answered, and read again."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.intake import queries
from services.intake.state import APPLY
from shared.clock import now
from shared.contracts.intake import CitizensMerged
from shared.persistence import Database, Origin
from shared.web import Role
from tests.conftest import NewDatabase
from tests.real.answers import done, refused
from tests.real.imported import same_when_imported
from tests.real.intake.office import CPR, SITE, VISIT, citizens, referred, registered
from tests.real.running_service import RunningService
from tests.today import days_ago, today, tomorrow, yesterday


@pytest.fixture
def mentor(intake: RunningService) -> httpx.AsyncClient:
    """An eMentor of Copenhagen."""
    return intake.caller(Role.EMENTOR)


async def visited(caller: httpx.AsyncClient, **given: Any) -> list[str]:
    """The ids of visits that were just registered."""
    ids: list[str] = done(await caller.post("/visits", json=VISIT | given), 201)["visit_ids"]
    return ids


async def awaited(caller: httpx.AsyncClient) -> dict[str, Any]:
    """The referrals to a workshop that wait for their answer."""
    told: dict[str, Any] = done(await caller.get("/referrals", params={"offer": "workshop"}))
    return told


class TestRegistering:
    async def test_a_citizens_visit_is_told_in_her_history(
        self, intake: RunningService, caseworker: httpx.AsyncClient, mentor: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        (visit_id,) = await visited(mentor, citizen_id=citizen_id, kind="workshop", online=True)
        told = (await intake.log(f"citizen/{citizen_id}"))[-1]
        assert told.name == "workshop-visited"
        assert told.data == VISIT | {
            "municipality": "0101",
            "visit_id": visit_id,
            "citizen_id": citizen_id,
            "kind": "workshop",
            "online": True,
        }

    async def test_visits_of_people_who_are_not_known_are_entities_of_their_own(
        self, intake: RunningService, mentor: httpx.AsyncClient
    ) -> None:
        ids = await visited(mentor, count=5)
        log = await intake.log()
        assert [envelope.subject for envelope in log] == [f"visit/{one}" for one in ids]
        assert {envelope.sequence for envelope in log} == {1}
        assert not any("citizen_id" in envelope.data for envelope in log)

    async def test_a_request_sent_again_registers_nothing_again(
        self, intake: RunningService, mentor: httpx.AsyncClient
    ) -> None:
        key = {"Idempotency-Key": "visit-1"}
        first = await mentor.post("/visits", json=VISIT, headers=key)
        assert (await mentor.post("/visits", json=VISIT, headers=key)).json() == first.json()
        assert len(await intake.log()) == 1

    async def test_a_visit_by_somebody_who_has_left_is_still_a_fact(
        self, caseworker: httpx.AsyncClient, mentor: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        done(await caseworker.post(f"/citizens/{citizen_id}/departure", json={"reason": "job", "on": str(today())}))
        await visited(mentor, citizen_id=citizen_id)

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({"themes": []}, "visit-without-theme"),
            ({"themes": VISIT["themes"] * 2}, "visit-theme-twice"),
            ({"minutes": 0}, "visit-minutes-implausible"),
            ({"minutes": 481}, "visit-minutes-implausible"),
            ({"happened": (now() + timedelta(hours=1)).isoformat()}, "happened-in-the-future"),
        ],
    )
    async def test_what_cannot_be_is_refused(
        self, intake: RunningService, mentor: httpx.AsyncClient, given: dict[str, Any], code: str
    ) -> None:
        refused(await mentor.post("/visits", json=VISIT | given), 409, code)
        assert await intake.log() == []

    async def test_several_at_once_have_no_citizen(
        self, caseworker: httpx.AsyncClient, mentor: httpx.AsyncClient
    ) -> None:
        body = VISIT | {"citizen_id": await registered(caseworker), "count": 2}
        refused(await mentor.post("/visits", json=body), 409, "visit-count-anonymous-only")

    @pytest.mark.parametrize("given", [{"site": CPR}, {"site": " "}, {"site": "a\nb"}])
    async def test_a_site_is_a_name_of_a_place(self, mentor: httpx.AsyncClient, given: dict[str, Any]) -> None:
        refused(await mentor.post("/visits", json=VISIT | given), 422, "invalid")

    async def test_a_theme_is_a_code(self, mentor: httpx.AsyncClient) -> None:
        body = VISIT | {"themes": [{"theme": "Hendes CV", "autonomy": "alone"}]}
        refused(await mentor.post("/visits", json=body), 422, "invalid")

    async def test_a_citizen_who_is_not_known_here(self, mentor: httpx.AsyncClient) -> None:
        refused(await mentor.post("/visits", json=VISIT | {"citizen_id": str(uuid4())}), 404, "citizen-unknown")


class TestReferral:
    async def test_a_visit_answers_the_referral_it_names(
        self, intake: RunningService, caseworker: httpx.AsyncClient, mentor: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        body = {"offer": "workshop", "reason": "e-Boks", "due": str(tomorrow())}
        made = done(await caseworker.post(f"/citizens/{citizen_id}/referrals", json=body), 201)
        assert await awaited(mentor) == {
            "total": 1,
            "referrals": [
                {
                    "referral_id": made["referral_id"],
                    "citizen_id": citizen_id,
                    "birth_year": 1979,
                    "reason": "e-Boks",
                    "made_on": str(today()),
                    "due": str(tomorrow()),
                }
            ],
        }
        assert await intake.reads() == [(citizen_id, "referrals")]
        await visited(mentor, referral_id=made["referral_id"])
        told = (await intake.log(f"citizen/{citizen_id}"))[-2:]
        assert [envelope.name for envelope in told] == ["workshop-visited", "referral-answered"]
        assert (told[0].data["citizen_id"], told[1].data["answer"]) == (citizen_id, "accepted")
        assert await awaited(mentor) == {"total": 0, "referrals": []}
        again = await mentor.post("/visits", json=VISIT | {"referral_id": made["referral_id"]})
        refused(again, 409, "referral-answered")

    async def test_her_open_referral_is_answered_without_naming_it_and_once(
        self, intake: RunningService, caseworker: httpx.AsyncClient, mentor: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        other = await referred(caseworker, citizen_id, None, offer="self-service")
        hers = await referred(caseworker, citizen_id, None, offer="workshop")
        body = VISIT | {"citizen_id": citizen_id, "answer_referral": True}
        key = {"Idempotency-Key": "visit-2"}
        for _ in range(2):
            told = done(await mentor.post("/visits", json=body, headers=key), 201)
            assert told["referral_id"] == hers
        assert done(await mentor.post("/visits", json=body), 201)["referral_id"] is None, "a visit of its own"
        log = await intake.log(f"citizen/{citizen_id}")
        assert [one.name for one in log[-3:]] == ["workshop-visited", "referral-answered", "workshop-visited"]
        answers = {
            one["referral_id"]: one["answer"] for one in done(await mentor.get(f"/citizens/{citizen_id}/referrals"))
        }
        assert answers == {hers: "accepted", other: None}

    async def test_an_open_referral_stays_open_unless_it_is_to_be_answered(
        self, caseworker: httpx.AsyncClient, mentor: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        await referred(caseworker, citizen_id, None, offer="workshop")
        await visited(mentor, citizen_id=citizen_id)
        await visited(mentor, answer_referral=True)
        assert (await awaited(mentor))["total"] == 1

    async def test_the_list_says_how_many_there_are_and_names_nobody_twice(
        self,
        intake: RunningService,
        caseworker: httpx.AsyncClient,
        mentor: httpx.AsyncClient,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(queries, "MOST_AWAITED", 2)
        ids = await citizens(caseworker, 4)
        for days, citizen_id in enumerate(ids, 1):
            due = str(today() + timedelta(days=days))
            await referred(caseworker, citizen_id, None, offer="workshop", due=due)
        merged = CitizensMerged(municipality="0101", citizen_id=UUID(ids[1]), merged_id=UUID(ids[0]))
        database = Database(intake.address, APPLY)
        await database.open()
        try:
            async with database.transaction(Origin("merger")) as tx:
                await tx.append(merged)
        finally:
            await database.close()
        told = await awaited(mentor)
        assert (told["total"], [one["citizen_id"] for one in told["referrals"]]) == (3, ids[1:3])

    async def test_only_her_own_referral_and_only_to_the_workshop(
        self, caseworker: httpx.AsyncClient, mentor: httpx.AsyncClient
    ) -> None:
        hers, his = await citizens(caseworker, 2)
        ids = {}
        for offer in ("workshop", "self-service"):
            body = {"offer": offer, "reason": "e-Boks", "due": str(tomorrow())}
            made = await caseworker.post(f"/citizens/{hers}/referrals", json=body)
            ids[offer] = done(made, 201)["referral_id"]
        for given in ({"citizen_id": his, "referral_id": ids["workshop"]}, {"referral_id": ids["self-service"]}):
            refused(await mentor.post("/visits", json=VISIT | given), 409, "referral-elsewhere")


class TestReading:
    async def test_a_day_has_known_citizens_by_id_and_everybody_else_as_counts(
        self, intake: RunningService, caseworker: httpx.AsyncClient, mentor: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        await visited(mentor, citizen_id=citizen_id)
        await visited(mentor, count=3)
        await visited(mentor, themes=[{"theme": "pdf", "autonomy": "alone"}, {"theme": "mitid", "autonomy": "partly"}])
        await visited(mentor, site="Jobcenter Syd")
        await visited(mentor, happened=days_ago(1).isoformat())
        told = done(await mentor.get("/visits", params={"site": SITE}))
        assert [one["citizen_id"] for one in told["known"]] == [citizen_id]
        each = told["anonymous"].pop("each")
        assert [[theme["theme"] for theme in one["themes"]] for one in each] == [["pdf", "mitid"], *[["mitid"]] * 3]
        assert told["anonymous"] == {
            "visits": 4,
            "themes": [
                {"theme": "mitid", "helped": 3, "partly": 1, "alone": 0},
                {"theme": "pdf", "helped": 0, "partly": 0, "alone": 1},
            ],
        }
        assert await intake.reads() == [(citizen_id, "visits")]
        assert done(await mentor.get("/visits"))["anonymous"]["visits"] == 5
        assert done(await mentor.get("/visits", params={"day": str(yesterday())}))["anonymous"]["visits"] == 1

    async def test_what_cannot_be_logged_is_not_shown(
        self, intake: RunningService, caseworker: httpx.AsyncClient, mentor: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        await visited(mentor, citizen_id=citizen_id)
        await intake.break_access_log()
        answer = await mentor.get("/visits")
        refused(answer, 503, "access-log-unavailable")
        assert citizen_id not in answer.text

    async def test_sites_are_those_of_the_municipality_the_last_used_first(
        self, intake: RunningService, mentor: httpx.AsyncClient
    ) -> None:
        await visited(mentor, site="Biblioteket", happened=days_ago(1).isoformat())
        await visited(intake.caller(Role.EMENTOR, municipality="0147"), site="Frederiksberg")
        done(await mentor.post("/openings", json={"site": SITE}))
        assert (await mentor.get("/visits/sites")).json() == [SITE, "Biblioteket"]


async def test_the_log_gives_the_visits_again(
    intake: RunningService, caseworker: httpx.AsyncClient, mentor: httpx.AsyncClient, new_database: NewDatabase
) -> None:
    await visited(mentor, citizen_id=await registered(caseworker))
    await visited(mentor, count=2)
    assert await intake.database.fetchval("SELECT count(*) FROM visit") == 3
    await same_when_imported(intake, await new_database("intake"), APPLY, "visit", "entity")
