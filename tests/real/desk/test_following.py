"""The stream that tells one open page when to look again: what it is about, and each minute where it counts them."""

import asyncio
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from services.desk import following
from services.desk.changes import Changes
from shared.messaging.bus import Bus
from shared.web import Principal, Role
from tests.real_machines import RealNats

pytestmark = [pytest.mark.anyio, pytest.mark.real]

TOPIC = UUID(int=7)
MENTOR = Principal("mentor-1", frozenset({Role.EMENTOR}), ("0101",))


class Doorman:
    """Everybody stays."""

    async def still_in(self, _: object) -> bool:
        """Yes."""
        return True


async def first(changes: Changes, about: str, event: str, times: int = 1) -> None:
    """Read the stream of a page until it has said this so many times."""
    state = SimpleNamespace(changes=changes, doorman=Doorman())
    request: Any = SimpleNamespace(app=SimpleNamespace(state=state))
    caller: Any = SimpleNamespace()
    async for said in following.changes(request, caller, MENTOR, about):
        times -= said.event == event
        if not times:
            return


@pytest.fixture
def changes(empty_bus: RealNats) -> Changes:
    """Nothing changes here by itself."""
    return Changes(Bus(empty_bus.url), "EVENTS")


async def test_a_page_that_counts_minutes_looks_again_although_nothing_happened(
    changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "BEAT_S", 0.01)
    monkeypatch.setitem(following.AGAIN_S, following.MINUTE, 0.05)
    monkeypatch.setattr(following, "APART_S", 0.01)
    await asyncio.wait_for(first(changes, f"{TOPIC},{following.MINUTE}", "changed", times=3), 60)


async def test_other_pages_are_left_alone_while_nothing_happens(
    changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "BEAT_S", 0.01)
    monkeypatch.setitem(following.AGAIN_S, following.MINUTE, 0.05)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(first(changes, str(TOPIC), "changed"), 0.5)
