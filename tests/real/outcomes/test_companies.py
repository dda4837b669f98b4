"""Companies, agreements, contacts and targets over HTTP."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.outcomes.effect.catalogue import CATALOGUE
from shared.clock import now
from shared.ids import new_id
from shared.web import Role
from tests.real.answers import done, refused
from tests.real.outcomes.jobcenter import Jobcenter
from tests.real.running_service import RunningService
from tests.today import today, yesterday
from tests.waiting import eventually

BAKERY: dict[str, Any] = {"name": "Bageriet", "cvr": "12345678", "employees": 12, "industry": "Bager"}
AT_ONCE = 6


class TestCompanies:
    async def test_a_company_is_registered_changed_and_read(
        self, outcomes: RunningService, desk: httpx.AsyncClient
    ) -> None:
        company = done(await desk.post("/companies", json=BAKERY), 201)
        assert company["version"] == 1
        address = f"/companies/{company['company_id']}"
        assert done(await desk.patch(address, json={"employees": 250, "p_number": "1000000009"}))["version"] == 2
        told = await outcomes.log(f"company/{company['company_id']}")
        assert [envelope.name for envelope in told] == ["company-registered", "company-changed"]
        whole = BAKERY | {"municipality": "0101", "company_id": company["company_id"]}
        assert told[0].data == whole | {"sme": True}
        assert told[1].data == whole | {"employees": 250, "sme": False, "p_number": "1000000009"}
        read = done(await desk.get(address))
        assert (read["version"], read["employees"], read["sme"], read["agreements"]) == (2, 250, False, [])

    async def test_a_cvr_number_is_registered_once_in_a_municipality(
        self, outcomes: RunningService, desk: httpx.AsyncClient
    ) -> None:
        company = done(await desk.post("/companies", json=BAKERY), 201)
        again = await desk.post("/companies", json=BAKERY | {"name": "Bageriet igen"})
        assert refused(again, 409, "company-known")["company_id"] == company["company_id"]
        elsewhere = outcomes.caller(Role.COMPANY_DESK, municipality="0147")
        assert done(await elsewhere.post("/companies", json=BAKERY), 201)["company_id"] != company["company_id"]

    async def test_of_registrations_at_once_one_wins(self, outcomes: RunningService, desk: httpx.AsyncClient) -> None:
        answers = await asyncio.gather(*(desk.post("/companies", json=BAKERY) for _ in range(AT_ONCE)))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * (AT_ONCE - 1)
        (won,) = [answer.json()["company_id"] for answer in answers if answer.status_code == 201]
        assert {answer.json()["company_id"] for answer in answers} == {won}
        assert len(await outcomes.log()) == 1

    async def test_companies_are_found_by_name_number_and_size(
        self, jobcenter: Jobcenter, desk: httpx.AsyncClient
    ) -> None:
        await jobcenter.company("10000001", name="Åse Smed")
        await jobcenter.company("10000002", name="Bryggeriet", employees=900)

        async def names(**question: Any) -> list[str]:
            return [company["name"] for company in (await desk.get("/companies", params=question)).json()]

        assert await names() == ["Bryggeriet", "Åse Smed"]
        assert await names(search="SMED") == ["Åse Smed"]
        assert await names(search="10000002") == ["Bryggeriet"]
        assert await names(sme=True) == ["Åse Smed"]
        assert await names(search="%") == []

    @pytest.mark.parametrize(
        ("wrong", "field"), [({"cvr": "1234567"}, "cvr"), ({"employees": -1}, "employees"), ({"sme": True}, "sme")]
    )
    async def test_what_cannot_be_read_names_its_field(
        self, outcomes: RunningService, desk: httpx.AsyncClient, wrong: dict[str, Any], field: str
    ) -> None:
        problem = refused(await desk.post("/companies", json=BAKERY | wrong), 422, "invalid")
        assert [error["field"] for error in problem["errors"]] == [field]
        assert await outcomes.log() == []

    async def test_a_company_shows_what_is_open_between_it_and_the_jobcenter(
        self, jobcenter: Jobcenter, desk: httpx.AsyncClient
    ) -> None:
        company_id = await jobcenter.company()

        async def shown() -> tuple[bool, int, int]:
            (listed,) = (await desk.get("/companies")).json()
            read = done(await desk.get(f"/companies/{company_id}"))
            names = ("in_agreement", "open_contacts", "open_orders")
            assert [listed[name] for name in names] == [read[name] for name in names]
            return listed["in_agreement"], listed["open_contacts"], listed["open_orders"]

        assert await shown() == (False, 0, 0)
        address = f"/companies/{company_id}"
        contact = done(await desk.post(f"{address}/contacts", json={"wants": "hire"}), 201)["contact_id"]
        order = done(await desk.post(f"{address}/orders", json={"kind": "ordinary", "seats": 1}), 201)["order_id"]
        ran_out = {"kind": "x", "on": "2020-01-01", "until": str(yesterday())}
        done(await desk.post(f"{address}/agreements", json=ran_out), 201)
        assert await shown() == (False, 1, 1)
        until_today = {"kind": "x", "on": "2020-01-01", "until": str(today())}
        agreement = done(await desk.post(f"{address}/agreements", json=until_today), 201)["agreement_id"]
        assert await shown() == (True, 1, 1)
        assert {a["until"]: a["in_force"] for a in done(await desk.get(address))["agreements"]} == {
            str(yesterday()): False,
            str(today()): True,
        }
        done(await desk.post(f"/agreements/{agreement}/end", json={"on": str(today())}))
        done(await desk.post(f"/contacts/{contact}/answer", json={}))
        done(await desk.post(f"/orders/{order}/close", json={}))
        assert await shown() == (False, 0, 0)

    async def test_a_question_that_cannot_be_read_is_no_failure_of_ours(self, desk: httpx.AsyncClient) -> None:
        refused(await desk.get("/companies", params={"search": "\x00"}), 422, "invalid")
        refused(await desk.get("/targets", params={"period": "\x00"}), 422, "invalid")

    async def test_a_change_that_changes_nothing_is_refused(
        self, jobcenter: Jobcenter, desk: httpx.AsyncClient
    ) -> None:
        company_id = await jobcenter.company()
        refused(await desk.patch(f"/companies/{company_id}", json={"employees": 12}), 409, "nothing-changed")


class TestAgreements:
    async def test_an_agreement_is_signed_and_ended_once(
        self, outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
    ) -> None:
        company_id = await jobcenter.company()
        signed = done(
            await desk.post(f"/companies/{company_id}/agreements", json={"kind": "praktik", "on": str(yesterday())}),
            201,
        )
        end = f"/agreements/{signed['agreement_id']}/end"
        early = {"on": str(yesterday() - timedelta(days=1))}
        refused(await desk.post(end, json=early), 409, "agreement-ends-before-signing")
        assert done(await desk.post(end, json={"on": str(today())}))["version"] == 3
        refused(await desk.post(end, json={"on": str(today())}), 409, "agreement-ended-already")
        assert [e.name for e in await outcomes.log()] == ["company-registered", "agreement-signed", "agreement-ended"]
        (agreement,) = done(await desk.get(f"/companies/{company_id}"))["agreements"]
        assert (agreement["signed_on"], agreement["ended_on"]) == (str(yesterday()), str(today()))

    async def test_an_agreement_does_not_run_out_before_it_begins(
        self, jobcenter: Jobcenter, desk: httpx.AsyncClient
    ) -> None:
        body = {"kind": "x", "on": str(today()), "until": str(yesterday())}
        answer = await desk.post(f"/companies/{await jobcenter.company()}/agreements", json=body)
        refused(answer, 409, "agreement-ends-before-signing")


class TestContacts:
    async def test_a_company_asks_and_is_answered_once(
        self, outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
    ) -> None:
        company_id = await jobcenter.company()
        asked_at = now() - timedelta(hours=3)
        body = {"at": asked_at.isoformat(), "wants": "praktik"}
        contact = done(await desk.post(f"/companies/{company_id}/contacts", json=body), 201)
        (waiting,) = (await desk.get("/contacts", params={"unanswered": True})).json()
        assert waiting["contact_id"] == contact["contact_id"]
        assert waiting["due"] == (asked_at + timedelta(hours=24)).isoformat().replace("+00:00", "Z")
        answer = f"/contacts/{contact['contact_id']}/answer"
        before = {"at": (asked_at - timedelta(seconds=1)).isoformat()}
        refused(await desk.post(answer, json=before), 409, "answered-before-asked")
        assert done(await desk.post(answer, json={}))["version"] == 3
        refused(await desk.post(answer, json={}), 409, "contact-answered-already")
        assert (await desk.get("/contacts", params={"unanswered": True})).json() == []
        told = await outcomes.log()
        assert [envelope.name for envelope in told[1:]] == ["company-asked", "company-answered"]
        assert told[1].time == asked_at, "it happened when the company asked, not when it was recorded"

    async def test_the_answers_of_a_day_are_listed_with_the_companys_name(
        self, jobcenter: Jobcenter, desk: httpx.AsyncClient
    ) -> None:
        company_id = await jobcenter.company(name="Bageriet")
        ids = []
        # on two days, each told an hour after it was asked; the second is after midnight in Denmark but not in UTC
        for answered in ("2026-03-09T22:30:00Z", "2026-03-09T23:30:00Z"):
            asked = {"at": "2026-03-09T20:00:00Z", "wants": "hire"}
            ids.append(done(await desk.post(f"/companies/{company_id}/contacts", json=asked), 201)["contact_id"])
            done(await desk.post(f"/contacts/{ids[-1]}/answer", json={"at": answered}))
        for contact_id, day in zip(ids, ("2026-03-09", "2026-03-10"), strict=True):
            (found,) = (await desk.get("/contacts", params={"answered_on": day})).json()
            assert (found["contact_id"], found["company_name"]) == (contact_id, "Bageriet")
        assert (await desk.get("/contacts", params={"answered_on": "2026-03-11"})).json() == []

    async def test_the_service_goal_is_what_the_indicator_counts(
        self, outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
    ) -> None:
        company_id = await jobcenter.company()

        async def asked(hours: float, answered_after: timedelta | None) -> None:
            at = now() - timedelta(hours=hours)
            body = {"at": at.isoformat(), "wants": "praktik"}
            contact = done(await desk.post(f"/companies/{company_id}/contacts", json=body), 201)
            if answered_after is not None:
                body = {"at": (at + answered_after).isoformat()}
                done(await desk.post(f"/contacts/{contact['contact_id']}/answer", json=body))

        assert done(await desk.get("/contacts/service-goal"))["share"] is None
        day = timedelta(hours=24)
        await asked(100, timedelta(hours=1))
        await asked(100, day)
        await asked(100, day + timedelta(seconds=1))
        await asked(100, None)
        await asked(0, timedelta(0))  # due tomorrow: not counted yet
        goal = done(await desk.get("/contacts/service-goal"))
        assert (goal["in_time"], goal["due"], goal["share"]) == (2, 4, 0.5)
        manager = outcomes.caller(Role.MANAGER)

        async def counted() -> bool:
            (row,) = (await manager.get("/effect", params={"indicator": "service_goal"})).json()
            return bool(row["denominator"] == 4)

        await eventually(counted, what="the indicator has counted the contacts")
        (row,) = (await manager.get("/effect", params={"indicator": "service_goal"})).json()
        assert (row["numerator"], row["share"]) == (2, 0.5)
        assert (goal["low"], goal["high"]) == (pytest.approx(row["low"]), pytest.approx(row["high"]))
        assert goal["definition_da"] == CATALOGUE["service_goal"].definition_da

    async def test_nobody_asks_in_the_future(self, jobcenter: Jobcenter, desk: httpx.AsyncClient) -> None:
        body = {"at": (now() + timedelta(hours=1)).isoformat(), "wants": "hire"}
        refused(await desk.post(f"/companies/{await jobcenter.company()}/contacts", json=body), 409, "not-yet")


class TestTargets:
    async def test_a_target_is_set_replaced_and_read(self, outcomes: RunningService) -> None:
        manager = outcomes.caller(Role.MANAGER)
        target = {"indicator": "agreements", "period": "2026-H1", "value": 40}
        assert done(await manager.post("/targets", json=target)) == target | {"value": 40.0, "version": 1}
        refused(await manager.post("/targets", json=target), 409, "target-set-already")
        assert done(await manager.post("/targets", json=target | {"value": 45}))["version"] == 2
        await manager.post("/targets", json=target | {"period": "2026"})
        assert (await manager.get("/targets", params={"period": "2026-H1"})).json() == [target | {"value": 45.0}]
        assert len((await manager.get("/targets")).json()) == 2
        assert [envelope.data["value"] for envelope in await outcomes.log()] == [40.0, 45.0, 40.0]

    @pytest.mark.parametrize("wrong", [{"indicator": "moved_on"}, {"period": "2026-H3"}, {"value": -1}])
    async def test_only_the_four_targets_of_real_periods_are_set(
        self, outcomes: RunningService, wrong: dict[str, Any]
    ) -> None:
        target = {"indicator": "agreements", "period": "2026", "value": 1} | wrong
        refused(await outcomes.caller(Role.MANAGER).post("/targets", json=target), 422, "invalid")


async def test_what_belongs_to_another_municipality_is_not_there(
    outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
) -> None:
    company_id = await jobcenter.company()
    sign = {"kind": "x", "on": str(today())}
    agreement_id = done(await desk.post(f"/companies/{company_id}/agreements", json=sign), 201)["agreement_id"]
    contact_id = done(await desk.post(f"/companies/{company_id}/contacts", json={"wants": "hire"}), 201)["contact_id"]
    there = outcomes.caller(Role.COMPANY_DESK, municipality="0147")
    for unknown in (company_id, str(new_id())):
        refused(await there.get(f"/companies/{unknown}"), 404, "company-unknown")
        refused(await there.patch(f"/companies/{unknown}", json={"employees": 1}), 404, "company-unknown")
        refused(await there.post(f"/companies/{unknown}/agreements", json=sign), 404, "company-unknown")
        refused(await there.post(f"/companies/{unknown}/contacts", json={"wants": "hire"}), 404, "company-unknown")
    refused(await there.post(f"/agreements/{agreement_id}/end", json={"on": str(today())}), 404, "agreement-unknown")
    refused(await there.post(f"/contacts/{contact_id}/answer", json={}), 404, "contact-unknown")
    assert (await there.get("/companies")).json() == []
    assert (await there.get("/contacts")).json() == []
    assert len(await outcomes.log()) == 3
