"""Registering and finding a person by CPR number: the event tells the year of birth, the vault keeps the number."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.intake.vault import Vault, configured
from shared.web import Role
from tests.real.answers import refused
from tests.real.intake.office import CPR, SEVERAL, person, registered
from tests.real.running_service import CPR_KEY, RunningService
from tests.today import today, tomorrow

IMPOSSIBLE_PERSONS: list[tuple[dict[str, Any], int, str]] = [
    (person("310279-0001"), 422, "cpr-date"),
    (person("01017900"), 422, "cpr-shape"),
    (person("010158-5000"), 422, "cpr-century"),
    (person(target_group="99"), 409, "target-group-unknown"),
    (person(unemployed_since="0001-01-01"), 422, "invalid"),
    (person(unemployed_since=str(tomorrow())), 409, "unemployed-in-future"),
    (person(unemployed_since="1978-01-01"), 409, "unemployed-before-birth"),
    (person(education_level="phd"), 422, "invalid"),
    (person(cpr="0" * 21), 422, "invalid"),
    (person(surname="Hansen"), 422, "invalid"),
    ({"cpr": CPR}, 422, "invalid"),
]


class TestRegistering:
    async def test_the_event_tells_the_year_of_birth_and_the_vault_keeps_the_number(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        answer = await caseworker.post("/citizens", json=person())
        assert answer.status_code == 201
        assert answer.json()["version"] == 1
        citizen_id = answer.json()["citizen_id"]
        (envelope,) = await intake.log(f"citizen/{citizen_id}")
        assert envelope.type == "dk.loeft.intake.citizen-registered.v1"
        assert envelope.source == "/loeft/0101/intake"
        assert envelope.data == {
            "municipality": "0101",
            "citizen_id": citizen_id,
            "target_group": "2",
            "education_level": "unskilled",
            "academic": False,
            "birth_year": 1979,
            "unemployed_since": "2026-01-12",
            "device": "phone",
            "protected": False,
        }
        row = await intake.database.fetchrow("SELECT citizen_id, sealed FROM cpr_vault")
        assert row is not None
        assert Vault(bytes.fromhex(CPR_KEY)).open(row["sealed"], UUID(citizen_id)) == "0101790001"

    async def test_the_same_person_twice_is_refused_with_her_id_and_that_is_logged(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        again = await caseworker.post("/citizens", json=person("0101790001", target_group="3"))
        assert refused(again, 409, "citizen-known")["citizen_id"] == citizen_id
        assert len(await intake.log()) == 1
        assert await intake.reads() == [(citizen_id, "id told: registered already")]

    async def test_another_municipality_learns_nothing(self, intake: RunningService) -> None:
        here = await registered(intake.caller(Role.CASEWORKER))
        there = await registered(intake.caller(Role.CASEWORKER, municipality="0147"))
        assert here != there
        assert await intake.database.fetchval("SELECT count(DISTINCT lookup) FROM cpr_vault") == 2

    async def test_of_registrations_at_once_one_wins_and_the_others_get_its_id(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        answers = await asyncio.gather(*(caseworker.post("/citizens", json=person()) for _ in range(SEVERAL)))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * (SEVERAL - 1)
        assert len({answer.json()["citizen_id"] for answer in answers}) == 1
        assert len(await intake.log()) == 1

    async def test_a_citizen_who_left_comes_back_under_the_same_id_and_begins_anew(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        await caseworker.post(f"/citizens/{citizen_id}/changes", json={"valid_from": str(today()), "target_group": "3"})
        await caseworker.post(f"/citizens/{citizen_id}/departure", json={"reason": "job", "on": str(today())})
        back = await caseworker.post("/citizens", json=person(target_group="1", device=None))
        assert (back.status_code, back.json()) == (201, {"citizen_id": citizen_id, "version": 4})
        seen = (await caseworker.get(f"/citizens/{citizen_id}")).json()
        assert (seen["target_group"], seen["device"], seen["left_on"]) == ("1", None, None)

    async def test_a_refused_registration_leaves_nothing(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        for body, status, code in IMPOSSIBLE_PERSONS:
            refused(await caseworker.post("/citizens", json=body), status, code)
        assert await intake.log() == []
        assert await intake.database.fetchval("SELECT count(*) FROM cpr_vault") == 0

    async def test_without_a_key_nobody_is_registered(
        self, intake: RunningService, caseworker: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for secret in ("", "00" * 31, "zz" * 32):
            configured.cache_clear()
            monkeypatch.setenv("LOEFT_CPR_KEY", secret)
            problem = refused(await caseworker.post("/citizens", json=person()), 503, "cpr-key-missing")
            assert "LOEFT_CPR_KEY" in problem["detail"]
        configured.cache_clear()


class TestFinding:
    async def test_a_person_is_found_by_number_and_that_is_logged(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        found = await caseworker.post("/citizens/lookup", json={"cpr": "0101790001"})
        assert (found.status_code, found.json()) == (200, {"citizen_id": citizen_id})
        assert await intake.reads() == [(citizen_id, "id found by CPR number")]

    async def test_a_person_of_another_municipality_is_not_found(self, intake: RunningService) -> None:
        await registered(intake.caller(Role.CASEWORKER))
        elsewhere = intake.caller(Role.CASEWORKER, municipality="0147")
        refused(await elsewhere.post("/citizens/lookup", json={"cpr": CPR}), 404, "person-unknown")

    async def test_a_bad_number_is_refused(self, caseworker: httpx.AsyncClient) -> None:
        refused(await caseworker.post("/citizens/lookup", json={"cpr": "hello"}), 422, "cpr-shape")
