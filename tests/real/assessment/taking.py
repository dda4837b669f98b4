"""Somebody who takes a test over HTTP: sees what the page shows, and answers it as she can."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from services.assessment.items.item import Item
from services.assessment.items.loading import item_bank
from tests.item_answers import BY_QUESTION, Choice
from tests.real.answers import done
from tests.real.assessment.measured import CITIZEN
from tests.real.running_service import RunningService

BEGIN = {"reading": "fine", "danish": "fine", "device": "computer"}


@dataclass(slots=True)
class Taking:
    """A test that is open in front of her; ``shown`` is what she saw last."""

    test_id: str
    client: httpx.AsyncClient
    shown: dict[str, Any]
    asked: list[str] = field(default_factory=list)

    @property
    def item(self) -> Item:
        """The item of the question that stands."""
        return BY_QUESTION[self.shown["question"]["question"]["da"]]

    @property
    def scored(self) -> list[str]:
        """What was asked and is not just tried out."""
        return [item for item in self.asked if item_bank().item(item).state == "operational"]

    async def post(self, path: str, body: dict[str, Any], **headers: str) -> httpx.Response:
        """Send a command of this test."""
        return await self.client.post(f"/sessions/{self.test_id}/{path}", json=body, headers=headers)

    async def look(self) -> dict[str, Any]:
        """What the test shows now."""
        self.shown = done(await self.client.get(f"/sessions/{self.test_id}"))
        return self.shown

    async def begin(self, **given: Any) -> "Taking":
        """Begin, with no difficulties, at a computer."""
        self.shown = done(await self.post("begin", BEGIN | given))
        return self

    async def respond(self, choice: Choice, **given: Any) -> dict[str, Any]:
        """Answer the question that stands, or skip it."""
        item, number = self.item, self.shown["question"]["number"]
        self.asked.append(item.id)
        response = choice(item)
        if response is None:
            self.shown = done(await self.post("skip", {"question": number}))
        else:
            self.shown = done(await self.post("answers", {"question": number, "response": response} | given))
        return self.shown

    async def finish(self, choice: Choice, **given: Any) -> dict[str, Any]:
        """Answer until the test is finished; its result."""
        while self.shown["status"] == "running":
            await self.respond(choice, **given)
        assert self.shown["status"] == "finished"
        return done(await self.client.get(f"/sessions/{self.test_id}/result"))


async def offered(assessment: RunningService, staff: httpx.AsyncClient, **given: Any) -> Taking:
    """A test that was just offered, opened by its link."""
    answer = done(await staff.post(f"/citizens/{CITIZEN}/sessions", json={"purpose": "entry"} | given), 201)
    return Taking(answer["test_id"], by_link(assessment, answer["link"]["token"]), answer)


def by_link(assessment: RunningService, token: str) -> httpx.AsyncClient:
    """A caller with a link."""
    return assessment.caller(Authorization=f"Bearer {token}")
