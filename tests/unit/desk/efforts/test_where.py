"""Which of a caller's municipalities holds an effort, by what the desk has heard."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from services.desk.efforts.where import holder
from services.desk.hub import Hub
from services.desk.source import CAUGHT_UP
from shared.problems import Unavailable
from tests.unit.desk.test_hub import Script, naestved
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

COURSE = UUID("ac36ce32-3149-5bf7-81dc-384a3e4d0450")
BOTH = ("0101", "0370")


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    """A hub that has heard of Næstved's effort."""
    script = Script()
    script.say(naestved(7), CAUGHT_UP)
    hub = Hub(script)
    await hub.start()
    await eventually(lambda: hub.standing.connected)
    yield hub
    await hub.stop()


async def test_it_is_that_of_hers_which_shows_it(hub: Hub) -> None:
    assert holder(hub, BOTH, COURSE) == "0370"


async def test_what_no_municipality_of_hers_shows_is_asked_for_in_the_first(hub: Hub) -> None:
    assert [holder(hub, BOTH, UUID(int=1)), holder(hub, ("0101", "0147"), COURSE)] == ["0101", "0101"]


def test_a_desk_that_has_heard_nothing_yet_asks_to_try_again_instead_of_looking_in_the_wrong_one() -> None:
    with pytest.raises(Unavailable) as refused:
        holder(Hub(Script()), BOTH, COURSE)
    assert refused.value.code == "figures-unheard"
    assert holder(Hub(Script()), ("0101",), COURSE) == "0101"
