"""Open pages hear that what they show has changed, on a real broker."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from services.desk.changes import Changes
from shared.contracts.courses import CitizenEnrolled
from shared.contracts.intake import CitizenRegistered
from shared.contracts.outcomes import EventPlanned
from shared.messaging.bus import Bus
from shared.messaging.provision import provision
from shared.messaging.signals import signal
from shared.messaging.topology import events
from shared.tasks import end
from tests.real.running_service import publish
from tests.real_machines import RealNats
from tests.waiting import eventually

pytestmark = [pytest.mark.anyio, pytest.mark.real]

ANNA, HOLD = UUID(int=1), UUID(int=2)


@pytest.fixture
async def changes(empty_bus: RealNats) -> AsyncIterator[Changes]:
    bus = Bus(empty_bus.url)
    await bus.open()
    await provision(bus, [events()], [])
    changes = Changes(bus, "EVENTS")
    following = asyncio.create_task(changes.run())
    await eventually(lambda: changes.following)
    yield changes
    await end(following)
    await bus.close()


async def test_a_page_hears_of_what_it_is_about_and_of_nothing_else(changes: Changes, empty_bus: RealNats) -> None:
    enrolled = CitizenEnrolled.example().model_copy(update={"citizen_id": ANNA, "cohort_id": HOLD})
    with (
        changes.open(["0101"], [str(ANNA)]) as anna,
        changes.open(["0101"], [str(HOLD)]) as hold,
        changes.open(["0101"], ["courses"]) as courses,
        changes.open(["0101"], ["intake", str(UUID(int=9))]) as other,
        changes.open(["0370"], [str(ANNA), "courses"]) as elsewhere,
    ):
        await publish(empty_bus, enrolled)
        for page in (anna, hold, courses):
            await asyncio.wait_for(page.changed.wait(), 5)
        assert not other.changed.is_set()
        assert not elsewhere.changed.is_set()
        anna.changed.clear()
        await publish(empty_bus, CitizenRegistered.example())
        await asyncio.wait_for(other.changed.wait(), 5)
        assert not anna.changed.is_set()


async def test_an_event_is_about_every_id_in_its_lists(changes: Changes, empty_bus: RealNats) -> None:
    planned = EventPlanned.example().model_copy(update={"cohort_ids": (UUID(int=8), HOLD)})
    with changes.open(["0101"], [str(HOLD)]) as hold:
        await publish(empty_bus, planned)
        await asyncio.wait_for(hold.changed.wait(), 5)


async def test_a_page_that_was_closed_is_forgotten_and_a_desk_that_stops_ends_the_others(changes: Changes) -> None:
    with changes.open(["0101"], ["intake"]):
        pass
    assert changes._pages == {}
    with changes.open(["0101"], ["intake", "courses"]) as page:
        changes.end_pages()
        assert page.over
        assert page.changed.is_set()


async def test_a_signal_tells_the_pages_about_its_topic(changes: Changes, empty_bus: RealNats) -> None:
    other = Bus(empty_bus.url)
    await other.open()
    with (
        changes.open(["0101"], [str(HOLD)]) as hold,
        changes.open(["0101"], [str(ANNA)]) as anna,
        changes.open(["0370"], [str(HOLD)]) as elsewhere,
    ):
        await signal(other, "0101", HOLD)
        await asyncio.wait_for(hold.changed.wait(), 5)
        assert not anna.changed.is_set()
        assert not elsewhere.changed.is_set()
    await other.close()


async def test_a_signal_without_a_broker_is_lost_without_harm(empty_bus: RealNats) -> None:
    closed = Bus(empty_bus.url)
    await signal(closed, "0101", HOLD)
