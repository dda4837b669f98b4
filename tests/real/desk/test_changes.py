"""Open pages hear that what they show has changed, on a real broker."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from services.desk import changes as changes_module
from services.desk.changes import Changes
from shared.contracts.courses import CitizenEnrolled
from shared.contracts.intake import CitizenRegistered
from shared.contracts.outcomes import EventPlanned
from shared.messaging.bus import Bus
from shared.messaging.provision import provision
from shared.messaging.signals import signal
from shared.messaging.topology import events
from shared.tasks import end
from tests.real.delivery import connected
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
    yield changes
    await end(following)
    await bus.close()


async def test_a_page_hears_of_what_it_is_about_and_of_nothing_else(changes: Changes, empty_bus: RealNats) -> None:
    enrolled = CitizenEnrolled.example().model_copy(update={"citizen_id": ANNA, "cohort_id": HOLD})
    with (
        changes.open(["0101"], [str(ANNA)], 0) as anna,
        changes.open(["0101"], [str(HOLD)], 0) as hold,
        changes.open(["0101"], ["courses"], 0) as courses,
        changes.open(["0101"], ["intake", str(UUID(int=9))], 0) as other,
        changes.open(["0370"], [str(ANNA), "courses"], 0) as elsewhere,
    ):
        await changes.ready(60)
        await publish(empty_bus, enrolled)
        for page in (anna, hold, courses):
            await asyncio.wait_for(page.changed.wait(), 60)
        assert not other.changed.is_set()
        assert not elsewhere.changed.is_set()
        anna.changed.clear()
        await publish(empty_bus, CitizenRegistered.example())
        await asyncio.wait_for(other.changed.wait(), 60)
        assert not anna.changed.is_set()


async def test_an_event_is_about_every_id_in_its_lists(changes: Changes, empty_bus: RealNats) -> None:
    planned = EventPlanned.example().model_copy(update={"cohort_ids": (UUID(int=8), HOLD)})
    with changes.open(["0101"], [str(HOLD)], 0) as hold:
        await changes.ready(60)
        await publish(empty_bus, planned)
        await asyncio.wait_for(hold.changed.wait(), 60)


async def test_a_page_that_was_closed_is_forgotten_and_a_desk_that_stops_ends_the_others(changes: Changes) -> None:
    with changes.open(["0101"], ["intake"], 0):
        pass
    assert changes._pages == {}
    with changes.open(["0101"], ["intake", "courses"], 0) as page:
        changes.end_pages()
        assert page.over
        assert page.changed.is_set()


async def test_what_changed_before_the_stream_was_open_is_told_at_once(changes: Changes, empty_bus: RealNats) -> None:
    with changes.open(["0101"], ["outcomes"], 0):
        await changes.ready(60)
        made = changes.position
        await publish(empty_bus, CitizenRegistered.example().model_copy(update={"citizen_id": ANNA}))
        await eventually(lambda: changes.position > made)
        with (
            changes.open(["0101"], [str(ANNA)], made) as anna,
            changes.open(["0101"], [str(HOLD)], made) as hold,
            changes.open(["0101"], [str(ANNA)], changes.position) as newer,
        ):
            assert anna.changed.is_set()
            assert not hold.changed.is_set()
            assert not newer.changed.is_set()


async def test_what_was_forgotten_or_not_heard_is_told_as_a_change(
    changes: Changes, empty_bus: RealNats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes_module, "REMEMBERED", 2)
    with changes.open(["0101"], ["outcomes"], 0):
        await changes.ready(60)
        made = changes.position
        for number in (3, 4, 5):
            await publish(empty_bus, CitizenRegistered.example().model_copy(update={"citizen_id": UUID(int=number)}))
            await eventually(lambda number=number: changes.position == made + number - 2)
        with changes.open(["0101"], [str(UUID(int=3))], made) as forgotten:
            assert forgotten.changed.is_set()
    await publish(empty_bus, CitizenRegistered.example())
    await eventually(lambda: not changes.following)  # nobody listens any more
    made = changes.position
    await publish(empty_bus, CitizenRegistered.example())
    with changes.open(["0101"], [str(ANNA)], made) as anna:
        await asyncio.wait_for(anna.changed.wait(), 60)


async def test_without_pages_it_does_not_read(changes: Changes, empty_bus: RealNats) -> None:
    await publish(empty_bus, CitizenRegistered.example())

    async def consumers() -> int:
        async with connected(empty_bus.url) as bus:
            return int((await bus.ask("STREAM.INFO.EVENTS"))["state"]["consumer_count"])

    assert await consumers() == 0
    with changes.open(["0101"], ["intake"], 0):
        await changes.ready(60)
        assert await consumers() == 1


async def test_a_signal_tells_the_pages_about_its_topic(changes: Changes, empty_bus: RealNats) -> None:
    with (
        changes.open(["0101"], [str(HOLD)], 0) as hold,
        changes.open(["0101"], [str(ANNA)], 0) as anna,
        changes.open(["0370"], [str(HOLD)], 0) as elsewhere,
    ):
        await changes.ready(60)
        async with connected(empty_bus.url) as other:
            await signal(other, "0101", HOLD)
        await asyncio.wait_for(hold.changed.wait(), 60)
        assert not anna.changed.is_set()
        assert not elsewhere.changed.is_set()
        with changes.open(["0101"], [str(HOLD)], changes.position) as made_meanwhile:
            assert made_meanwhile.changed.is_set()


async def test_a_signal_without_a_broker_is_lost_without_harm(empty_bus: RealNats) -> None:
    await signal(Bus(empty_bus.url), "0101", HOLD)
