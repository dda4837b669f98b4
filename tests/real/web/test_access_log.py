"""Who has read a citizen's data, asked of each service by the data protection officer."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from deploy.services import SERVICES, service_of
from shared.contracts.intake import CitizensMerged
from shared.ids import new_id
from shared.persistence import Origin
from shared.web import Role
from tests.real.answers import refused
from tests.real.running_services import RunningServices
from tests.waiting import eventually

FIRST = datetime(2026, 3, 1, 22, 59, tzinfo=UTC)
"""23.59 on 1 March in Denmark: a minute later it is another day."""


async def read_by(
    services: RunningServices, service: str, citizen_id: UUID, at: datetime, municipality: str = "0101", what: str = "x"
) -> None:
    """Somebody read something of hers, as ``log_read`` writes it down."""
    await services.of[service].database.execute(
        "INSERT INTO access_log (at, caller, municipality, citizen_id, what, purpose, correlation_id)"
        " VALUES ($1, 'employee-9', $2, $3, $4, 'desk: citizen', 'corr-12345678')",
        at,
        municipality,
        citizen_id,
        what,
    )


async def asked(services: RunningServices, service: str, municipality: str = "0101", **params: object) -> Any:
    officer = services.caller(service, [Role.DPO], municipality)
    answer = await officer.get("/access-log", params={name: str(value) for name, value in params.items()})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("service", SERVICES)
async def test_a_read_is_told_with_who_when_what_and_why(services: RunningServices, service: str) -> None:
    citizen_id = new_id()
    await read_by(services, service, citizen_id, FIRST, what="participations")
    page = await asked(services, service, citizen_id=citizen_id)
    (read,) = page["reads"]
    assert page["after"] is None
    assert (read["caller"], read["what"], read["purpose"]) == ("employee-9", "participations", "desk: citizen")
    assert (datetime.fromisoformat(read["at"]), read["correlation_id"]) == (FIRST, "corr-12345678")


@pytest.mark.parametrize("service", SERVICES)
async def test_reading_the_log_is_in_the_log(services: RunningServices, service: str) -> None:
    citizen_id = new_id()
    assert (await asked(services, service, citizen_id=citizen_id))["reads"] == []
    officer = services.caller(service, [Role.DPO], Purpose="indsigt")
    (read,) = (await officer.get("/access-log", params={"citizen_id": str(citizen_id)})).json()["reads"]
    assert (read["caller"], read["what"], read["purpose"]) == ("employee-7", "access log", "sagsbehandling")
    newest = (await asked(services, service, citizen_id=citizen_id))["reads"][0]
    assert newest["purpose"] == "indsigt"


async def test_pages_follow_each_other_newest_first_without_a_gap(services: RunningServices) -> None:
    """Several reads of one moment, too: they are told apart by their number."""
    citizen_id, moments = new_id(), [FIRST + timedelta(seconds=number // 3) for number in range(11)]
    for number, at in enumerate(moments):
        await read_by(services, "courses", citizen_id, at, what=f"read {number}")
    seen, after, pages = [], None, 0
    while pages == 0 or after is not None:
        more = {"after": after} if after is not None else {}
        page = await asked(services, "courses", citizen_id=citizen_id, to="2026-03-02", limit=4, **more)
        seen += [read["what"] for read in page["reads"]]
        after, pages = page["after"], pages + 1
    assert seen == [f"read {number}" for number in reversed(range(11))]
    assert pages == 3


async def test_days_are_danish_ones_and_both_ends_are_in(services: RunningServices) -> None:
    citizen_id = new_id()
    await read_by(services, "intake", citizen_id, FIRST, what="on the first")
    await read_by(services, "intake", citizen_id, FIRST + timedelta(minutes=1), what="on the second")

    async def between(**days: str) -> list[str]:
        page = await asked(services, "intake", citizen_id=citizen_id, **days)
        return [read["what"] for read in page["reads"] if read["what"] != "access log"]

    assert await between(**{"from": "2026-03-01", "to": "2026-03-01"}) == ["on the first"]
    assert await between(**{"from": "2026-03-02"}) == ["on the second"]
    assert await between(to="2026-03-02") == ["on the second", "on the first"]
    assert await between(to="2026-02-28") == []


async def test_another_municipality_sees_only_its_own_reads(services: RunningServices) -> None:
    citizen_id = new_id()
    await read_by(services, "outcomes", citizen_id, FIRST, what="ours")
    await read_by(services, "outcomes", citizen_id, FIRST, municipality="0147", what="theirs")
    for municipality, expected in (("0101", "ours"), ("0147", "theirs")):
        page = await asked(services, "outcomes", municipality, citizen_id=citizen_id)
        assert [read["what"] for read in page["reads"]] == [expected]


async def test_a_citizen_is_found_by_the_end_of_her_id_in_ones_own_municipality(services: RunningServices) -> None:
    citizen_id = new_id()
    await read_by(services, "assessment", citizen_id, FIRST)
    params = {"reference": citizen_id.hex[-8:]}
    officer, other = (services.caller("assessment", [Role.DPO], code) for code in ("0101", "0147"))
    assert (await officer.get("/access-log/citizens", params=params)).json() == {"citizen_ids": [str(citizen_id)]}
    assert (await other.get("/access-log/citizens", params=params)).json() == {"citizen_ids": []}
    newest = (await asked(services, "assessment", citizen_id=citizen_id))["reads"][0]
    assert newest["what"] == "id found by reference"
    refused(await officer.get("/access-log/citizens", params={"reference": "3f9a"}), 422, "invalid")


async def test_both_questions_have_an_index(services: RunningServices) -> None:
    """However long the log grows, one citizen's reads are found at once."""
    for service in SERVICES:
        database = services.of[service].database
        async with database.transaction():
            await database.execute("SET LOCAL enable_seqscan = off")
            for condition, index in (
                (f"citizen_id = ANY('{{{new_id()},{new_id()}}}') ORDER BY at DESC, id DESC", "access_log_citizen"),
                ("right(citizen_id::text, 8) = '3f9a01b2' AND municipality = '0101'", "access_log_reference"),
            ):
                plan = await database.fetch(f"EXPLAIN SELECT * FROM access_log WHERE {condition}")
                assert any(index in row[0] for row in plan), (service, plan)


async def test_the_data_protection_officer_finds_a_citizen_by_cpr_number(services: RunningServices) -> None:
    officer = services.caller("intake", [Role.DPO])
    refused(await officer.post("/citizens/lookup", json={"cpr": "010179-0001"}), 404, "person-unknown")
    person = {"target_group": "2", "education_level": "unskilled", "unemployed_since": "2026-01-12"}
    made = await services.caller("intake").post("/citizens", json=person | {"cpr": "010179-0001"})
    found = await officer.post("/citizens/lookup", json={"cpr": "010179-0001"}, headers={"Purpose": "indsigt"})
    assert found.json()["citizen_id"] == made.json()["citizen_id"]
    newest = (await asked(services, "intake", citizen_id=found.json()["citizen_id"]))["reads"][0]
    assert (newest["what"], newest["purpose"]) == ("id found by CPR number", "indsigt")


async def merged_citizens(services: RunningServices, number: int) -> tuple[UUID, UUID]:
    """A citizen's id, and one that was merged into it; every service has heard of that."""
    person = {"target_group": "2", "education_level": "unskilled", "unemployed_since": "2026-01-12"}
    caseworker = services.caller("intake")
    kept, merged = [
        UUID((await caseworker.post("/citizens", json=person | {"cpr": cpr})).json()["citizen_id"])
        for cpr in (f"0202{number:02}-0001", f"0202{number:02}-0002")
    ]
    async with service_of("intake").database.transaction(Origin("merger")) as tx:
        await tx.append(CitizensMerged(municipality="0101", citizen_id=kept, merged_id=merged))
    for service in SERVICES:

        async def heard(service: str = service) -> bool:
            return bool((await asked(services, service, citizen_id=merged))["citizen_ids"] == [str(kept), str(merged)])

        await eventually(heard, what=f"{service} has heard of the merger")
        await services.of[service].database.execute("DELETE FROM access_log")
    return kept, merged


@pytest.mark.parametrize("searched", ["kept", "merged"])
async def test_of_merged_ids_each_gives_the_reads_of_all(services: RunningServices, searched: str) -> None:
    kept, merged = await merged_citizens(services, 70 + len(searched))
    stranger = new_id()
    wanted = {"kept": kept, "merged": merged}[searched]
    for service in SERVICES:
        await read_by(services, service, merged, FIRST, what="before")
        await read_by(services, service, kept, FIRST + timedelta(hours=1), what="after")
        await read_by(services, service, stranger, FIRST, what="somebody else's")
        await read_by(services, service, merged, FIRST, municipality="0147", what="elsewhere")
        page = await asked(services, service, citizen_id=wanted)
        assert page["citizen_ids"] == [str(kept), str(merged)]
        assert [(read["what"], read["citizen_id"]) for read in page["reads"]] == [
            ("after", str(kept)),
            ("before", str(merged)),
        ]
        again = (await asked(services, service, citizen_id=wanted))["reads"][:2]
        assert {(read["what"], read["citizen_id"]) for read in again} == {
            ("access log", str(kept)),
            ("access log", str(merged)),
        }, "that the log was read, is logged under all of them"
        alone = await asked(services, service, citizen_id=stranger)
        assert (alone["citizen_ids"], [read["what"] for read in alone["reads"]]) == (
            [str(stranger)],
            ["somebody else's"],
        )


async def test_pages_of_merged_ids_follow_each_other_without_a_gap(services: RunningServices) -> None:
    kept, merged = await merged_citizens(services, 80)
    for number in range(7):
        at = FIRST + timedelta(seconds=number // 3)
        await read_by(services, "courses", (kept, merged)[number % 2], at, what=f"read {number}")
    seen, after = [], None
    while not seen or after is not None:
        more = {"after": after} if after is not None else {}
        page = await asked(services, "courses", citizen_id=merged, to="2026-03-02", limit=3, **more)
        seen += [read["what"] for read in page["reads"]]
        after = page["after"]
    assert seen == [f"read {number}" for number in reversed(range(7))]


async def test_another_municipality_is_not_told_of_a_merger(services: RunningServices) -> None:
    _, merged = await merged_citizens(services, 81)
    for service in SERVICES:
        told = await services.caller(service, [Role.DPO], "0147").get(
            "/access-log/citizens", params={"reference": merged.hex[-8:]}
        )
        assert told.json() == {"citizen_ids": []}
        assert (await asked(services, service, "0147", citizen_id=merged))["citizen_ids"] == [str(merged)]


async def test_each_of_merged_ids_is_found_by_its_reference_though_only_one_was_read(services: RunningServices) -> None:
    kept, merged = await merged_citizens(services, 82)
    for service in SERVICES:
        await read_by(services, service, merged, FIRST)
        officer = services.caller(service, [Role.DPO])
        for citizen_id in (kept, merged):
            found = await officer.get("/access-log/citizens", params={"reference": citizen_id.hex[-8:]})
            assert found.json() == {"citizen_ids": [str(citizen_id)]}
