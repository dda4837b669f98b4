"""One citizen's events are read from the stream, with those of ids that were merged into hers, and nobody else's."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from services.desk import render
from services.desk.citizens.story import Stories
from shared.contracts.courses import CitizenEnrolled
from shared.contracts.event import Event
from shared.contracts.intake import CitizenRegistered, CitizensMerged
from shared.contracts.outcomes import PlacementStarted
from shared.messaging.bus import Bus, BusError
from shared.messaging.provision import provision
from shared.messaging.topology import events
from tests.real.running_service import publish
from tests.real_machines import RealNats

pytestmark = [pytest.mark.anyio, pytest.mark.real]

ANNA, MERGED, EARLIER, BENT = (UUID(int=number) for number in range(1, 5))


@pytest.fixture
async def bus(empty_bus: RealNats) -> AsyncIterator[Bus]:
    bus = Bus(empty_bus.url)
    await bus.open()
    await provision(bus, [events()], [])
    yield bus
    await bus.close()


def of(kind: type[Event], citizen_id: UUID, **given: object) -> Event:
    return kind.example().model_copy(update={"citizen_id": citizen_id} | given)


async def test_a_citizens_story_goes_across_the_services_and_is_hers_alone(bus: Bus, empty_bus: RealNats) -> None:
    told = [await publish(empty_bus, of(kind, ANNA)) for kind in (CitizenRegistered, CitizenEnrolled, PlacementStarted)]
    await publish(empty_bus, of(CitizenRegistered, BENT))
    await publish(empty_bus, of(CitizenEnrolled, ANNA, municipality="0370"))
    found = await Stories(bus, "EVENTS").of("0101", ANNA)
    assert found is not None
    assert [envelope.id for envelope in found] == told
    assert [envelope.service for envelope in found] == ["intake", "courses", "outcomes"]


async def test_what_was_told_under_merged_ids_belongs_to_it(bus: Bus, empty_bus: RealNats) -> None:
    told = {
        await publish(empty_bus, of(CitizenRegistered, EARLIER)),
        await publish(empty_bus, of(CitizenEnrolled, MERGED)),
        await publish(empty_bus, of(CitizensMerged, MERGED, merged_id=EARLIER), 2),
        await publish(empty_bus, of(CitizensMerged, ANNA, merged_id=MERGED), 3),
        await publish(empty_bus, of(PlacementStarted, ANNA)),
    }
    found = await Stories(bus, "EVENTS").of("0101", ANNA)
    assert found is not None
    assert {envelope.id for envelope in found} == told


async def test_a_circle_of_mergers_ends(bus: Bus, empty_bus: RealNats) -> None:
    await publish(empty_bus, of(CitizensMerged, ANNA, merged_id=MERGED))
    await publish(empty_bus, of(CitizensMerged, MERGED, merged_id=ANNA), 2)
    found = await Stories(bus, "EVENTS").of("0101", ANNA)
    assert found is not None
    assert len(found) == 2


async def test_nobody_has_an_empty_story(bus: Bus) -> None:
    assert await Stories(bus, "EVENTS").of("0101", ANNA) == []


async def test_without_the_stream_or_the_broker_there_is_none(bus: Bus, empty_bus: RealNats) -> None:
    assert await Stories(bus, "NO-SUCH-STREAM").of("0101", ANNA) is None
    away = Bus(empty_bus.url)
    assert await Stories(away, "EVENTS").of("0101", ANNA) is None


@pytest.mark.parametrize(
    "failure", [TimeoutError(), BusError("x", 10059, "no"), AssertionError("no transport")], ids=repr
)
async def test_whatever_fails_while_it_is_read_there_is_none_and_the_page_goes_on(
    bus: Bus, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(bus, "ask", fails)
    assert await Stories(bus, "EVENTS").of("0101", ANNA) is None


def test_the_page_says_that_the_time_line_cannot_be_shown() -> None:
    told = render.ENVIRONMENT.get_template("citizens/timeline.html").render(months=None)
    assert "Tidslinjen kan ikke vises lige nu. Resten af siden virker." in told
