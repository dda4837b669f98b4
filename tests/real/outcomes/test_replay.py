"""The log is the record: applied to empty tables it gives the same rows, and what the unit tests' givens say."""

import json
from typing import Any
from uuid import UUID

from services.outcomes import queries
from services.outcomes.state import APPLY
from services.outcomes.tables import Table
from shared.contracts.envelope import Envelope
from shared.contracts.registry import payload
from shared.ids import new_id
from shared.persistence import Database, Origin
from shared.web import Role
from tests.conftest import NewDatabase
from tests.real.answers import done
from tests.real.outcomes.jobcenter import Jobcenter
from tests.real.running_service import RunningService
from tests.today import today, tomorrow
from tests.unit.outcomes import given

STATE = (
    "company",
    "agreement",
    "contact",
    "job_order",
    "matchmaking_event",
    "meeting",
    "placement",
    "target",
    "target_setting",
)


async def a_busy_day(outcomes: RunningService, jobcenter: Jobcenter) -> str:
    """Every command of outcomes at least once; the citizen's id."""
    one, two = await jobcenter.citizen(), await jobcenter.citizen()
    bakery, smithy = await jobcenter.company("10000001"), await jobcenter.company("10000002", employees=400)
    anyone = outcomes.caller(Role.CASEWORKER, Role.COMPANY_DESK, Role.MANAGER)

    async def say(address: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = await anyone.post(address, json=body)
        assert answer.is_success, answer.text
        told: dict[str, Any] = answer.json()
        return told

    done(await anyone.patch(f"/companies/{bakery}", json={"employees": 251, "name": "Bageriet"}))
    day = str(today())
    signed = await say(f"/companies/{bakery}/agreements", {"kind": "praktik", "on": day, "until": str(tomorrow())})
    await say(f"/agreements/{signed['agreement_id']}/end", {"on": day})
    await say(f"/companies/{smithy}/agreements", {"kind": "job", "on": day})
    asked = await say(f"/companies/{smithy}/contacts", {"wants": "hire"})
    await say(f"/contacts/{asked['contact_id']}/answer", {})
    wanted = {"kind": "praktik", "seats": 2, "demands": [{"area": 1, "level": 3}], "title": "Butiksassistent"}
    order = f"/orders/{(await say(f'/companies/{smithy}/orders', wanted))['order_id']}"
    done(await anyone.patch(order, json={"seats": 1, "demands": [{"area": 2, "level": 4, "weight": 2.5}]}))
    await say(f"{order}/close", {"reason": "Besat"})
    await say(f"/companies/{smithy}/orders", {"kind": "ordinary", "seats": 1, "profile_id": str(new_id())})
    event = f"/events/{await jobcenter.event([bakery, smithy])}"
    seats = [
        {"round": r, "table": t, "citizen_id": c, "company_id": f}
        for r, t, c, f in [(0, 0, one, bakery), (0, 1, two, smithy), (1, 0, two, bakery)]
    ]
    await say(f"{event}/meetings", {"meetings": seats})
    await say(
        f"{event}/meetings/held", {"meetings": [seats[0] | {"interest_citizen": True, "interest_company": False}]}
    )
    await say(f"{event}/meetings/cancel", {"round": 1, "citizen_id": two})
    await say(f"{event}/hold", {})
    facts = {"citizen_id": one, "company_id": bakery, "kind": "praktik", "hours_per_week": 20.5}
    agreed = await say("/placements/agreed", facts | {"starts": day, "occupation": {"scheme": "ESCO", "code": "C4110"}})
    await say(f"/placements/{agreed['placement_id']}/approve", {"approved_by": "jobcenter"})
    await say(f"/placements/{agreed['placement_id']}/start", {"on": day})
    await say(f"/placements/{agreed['placement_id']}/end", {"on": day, "reason": "fik job"})
    job = {"citizen_id": one, "kind": "ordinary", "temp_agency": True, "hours_per_week": 37, "on": day}
    started = await say("/placements", job | {"enrolment_id": str(new_id())})
    await say(f"/placements/{started['placement_id']}/correct", {"on": "2026-01-12", "temp_agency": False})
    voided = await jobcenter.placement(two)
    await say(f"/placements/{voided}/void", {"reason": "forkert borger"})
    await say("/targets", {"indicator": "agreements", "period": "2026", "value": 12})
    await say("/targets", {"indicator": "agreements", "period": "2026", "value": 15})
    return one


async def test_the_log_applied_to_empty_tables_gives_the_same_rows(
    outcomes: RunningService, jobcenter: Jobcenter, new_database: NewDatabase
) -> None:
    await a_busy_day(outcomes, jobcenter)
    told = await outcomes.log()
    assert {type(payload(envelope)) for envelope in told} == set(APPLY), "every event of this service was told"
    rebuilt = Database(await new_database("outcomes"), APPLY)
    await rebuilt.open()
    try:
        async with rebuilt.transaction(Origin(correlation_id="rebuild")) as tx:
            for envelope in told:
                assert await tx.store(envelope)
            again = [await tx.store(envelope) for envelope in told]
        assert not any(again), "what is here already is not applied again"
        for table in STATE:
            rows = f"SELECT to_jsonb(t) AS row FROM {table} AS t ORDER BY t::text"
            live = [json.loads(row["row"]) for row in await outcomes.database.fetch(rows)]
            assert live, table
            assert [json.loads(row["row"]) for row in await rebuilt.pool.fetch(rows)] == live, table
    finally:
        await rebuilt.close()


async def test_the_rules_are_told_what_the_unit_tests_give(
    outcomes: RunningService, jobcenter: Jobcenter, new_database: NewDatabase
) -> None:
    """What ``queries`` reads from the tables is what ``tests/unit/outcomes/given`` makes of the same events."""
    await a_busy_day(outcomes, jobcenter)
    by_thing: dict[tuple[str, UUID], list[Any]] = {}
    for envelope in await outcomes.log():
        event: Any = payload(envelope)
        for key in ("placement_id", "agreement_id", "contact_id", "order_id", "event_id", "company_id"):
            if hasattr(event, key):
                by_thing.setdefault((key, getattr(event, key)), []).append(event)
                break
    database = Database(outcomes.address, APPLY)
    await database.open()
    try:
        async with database.transaction(Origin(correlation_id="look")) as tx:
            for (key, thing), events in by_thing.items():
                match key:
                    case "placement_id":
                        assert await queries.placement(tx, thing, "0101") == given.placement(*events)
                    case "agreement_id":
                        assert await queries.agreement(tx, thing, "0101") == given.agreement(*events)
                    case "contact_id":
                        assert await queries.contact(tx, thing, "0101") == given.contact(*events)
                    case "order_id":
                        assert await queries.order(tx, thing, "0101") == given.order(*events)
                    case "company_id":
                        assert await queries.company(tx, thing, "0101") == given.company(*events)
                    case "event_id":
                        planned, *meetings, held = events
                        assert await queries.event(tx, thing, "0101") == given.event(planned, held)
                        found = await queries.meetings(tx, thing)
                        assert sorted(found, key=repr) == sorted(given.meetings(*meetings), key=repr)
    finally:
        await database.close()


async def test_events_of_another_system_are_applied_whatever_our_rules_say(new_database: NewDatabase) -> None:
    """An imported history may break our rules (two companies with one CVR number, an end before a start)."""
    database = Database(await new_database("outcomes"), APPLY)
    await database.open()
    try:
        async with database.transaction(Origin(correlation_id="import")) as tx:
            for number, event_class in enumerate(APPLY):
                event = event_class.example()
                envelope = Envelope(
                    id=new_id(),
                    source=f"/loeft/{event.municipality}/outcomes",
                    type=event_class.type(),
                    subject=event.subject,
                    time=tx.now,
                    recordedtime=tx.now,
                    sequence=len(APPLY) - number,  # and in an order of its own
                    dataclassification=event_class.classification,
                    data=event.data(),
                )
                assert await tx.store(envelope)
    finally:
        await database.close()


def test_every_table_of_state_is_compared() -> None:
    projector = {"fact", "cell", "alias", "projector", "gap", "course", "cohort", "erased", "kept_cell"}
    extracts = {"research_project", "research_extract"}
    releases = {"release"}
    assert set(Table.metadata.tables) == {*STATE, "known_citizen", *projector, *extracts, *releases}
