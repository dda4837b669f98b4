"""`loeft access-log`: who has read a citizen's data, from all services, and that it was asked."""

import getpass
from uuid import UUID

from shared.contracts.intake import CitizensMerged
from shared.persistence import Origin
from tests.scenarios.stack import RunningStack, loeft

HERE = "0791"
PERSON = {"cpr": "010179-0001", "target_group": "2", "education_level": "unskilled", "unemployed_since": "2026-01-12"}


async def test_the_reads_of_all_services_newest_first_and_this_one_too(stack: RunningStack) -> None:
    await stack.let_in(HERE)
    intake, courses = stack.client("intake", HERE), stack.client("courses", HERE)
    citizen = (await intake.post("/citizens", json=PERSON)).raise_for_status().json()["citizen_id"]
    await stack.settled()
    (await intake.get(f"/citizens/{citizen}", headers={"Purpose": "samtale"})).raise_for_status()
    (await courses.get(f"/citizens/{citizen}/participations")).raise_for_status()
    (await intake.get(f"/citizens/{citizen}/referrals")).raise_for_status()

    first = await stack.loeft("access-log", "--citizen", citizen)
    assert [(row["service"], row["what"], row["purpose"]) for row in first] == [
        ("intake", "referrals", "sagsbehandling"),
        ("courses", "participations", "sagsbehandling"),
        ("intake", "citizen", "samtale"),
    ]
    assert {(row["caller"], row["municipality"]) for row in first} == {("local-user", HERE)}

    again = await stack.loeft("access-log", "--citizen", citizen)
    own = [row for row in again if row["caller"] == f"machine/{getpass.getuser()}"]
    assert {row["service"] for row in own} == {"intake", "courses"}, "where there was something to read"
    assert len(again) == 3 + len(own)
    assert await stack.loeft("access-log", "--citizen", citizen, "--municipality", "0101") == []
    assert await stack.loeft("access-log", "--citizen", citizen, "--to", "2020-01-01") == []

    table = await loeft("access-log", "--citizen", citizen, "--data", str(stack.directory))
    assert b"courses" in table


async def test_of_merged_ids_each_gives_the_reads_of_all(stack: RunningStack) -> None:
    await stack.let_in(HERE)
    intake = stack.client("intake", HERE)
    kept, merged = [
        (await intake.post("/citizens", json=PERSON | {"cpr": cpr})).raise_for_status().json()["citizen_id"]
        for cpr in ("020280-0001", "020280-0002")
    ]
    for citizen_id in (merged, kept):
        (await intake.get(f"/citizens/{citizen_id}")).raise_for_status()
    told = CitizensMerged(municipality=HERE, citizen_id=UUID(kept), merged_id=UUID(merged))
    async with stack.databases["intake"].transaction(Origin("merger")) as tx:
        await tx.append(told)
    await stack.settled()
    for citizen_id in (kept, merged):
        rows = await stack.loeft("access-log", "--citizen", citizen_id)
        own = [row for row in rows if row["caller"] == f"machine/{getpass.getuser()}"]
        assert [(row["citizen_id"], row["what"]) for row in rows if row not in own] == [
            (kept, "citizen"),
            (merged, "citizen"),
        ]
    assert {row["citizen_id"] for row in own} == {kept, merged}, "that it was asked stands under both"
