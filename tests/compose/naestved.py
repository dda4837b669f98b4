"""The Næstved story told once more, as HTTP commands through the proxy, by people who were there.

Ids are the services' own, so the story's are translated. Nobody tells courses that three got a job: the placements are
recorded in outcomes, and the reaction on the bus must end their participations.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from tests.real.story import story
from tests.waiting import eventually

Fact = dict[str, Any]


class Naestved:
    """Tells the story to the services below a caller's address."""

    def __init__(self, caller: httpx.AsyncClient) -> None:
        self._caller = caller
        self._ids: dict[str, str] = {}  # an id of the story: what the services call it
        self._tellers: dict[str, Callable[[Fact], Awaitable[None]]] = {
            "citizen-registered": self._register,
            "course-offered": lambda fact: self._make("course_id", "courses/courses", fact),
            "cohort-opened": lambda fact: self._make("cohort_id", "courses/cohorts", fact),
            "citizen-invited": self._invite,
            "invitation-answered": self._answer,
            "citizen-enrolled": self._enrol,
            "roster-frozen": self._freeze,
            "participation-ended": self._end,
            "company-registered": self._register_company,
            "placement-started": lambda fact: self._make("placement_id", "outcomes/placements", fact),
            "event-planned": lambda fact: self._make("event_id", "outcomes/events", fact),
            "meeting-held": self._meet,
            "event-held": lambda fact: self._say(f"outcomes/events/{fact.pop('event_id')}/hold", fact),
            "participation-started": _follows,
        }

    async def tell(self) -> None:
        """Every fact, in the order in which it happened."""
        for envelope in sorted(story("naestved-2021.jsonl"), key=lambda one: one.time):
            fact = self._translated(envelope.data) | {"happened": envelope.time.isoformat()}
            await self._tellers[envelope.name](fact)

    async def _register(self, fact: Fact) -> None:
        del fact["happened"]  # intake registers who is there now
        cpr = f"0101{fact.pop('birth_year') % 100:02}-{len(self._ids):04}"  # nobody's: the check digits are wrong
        story_id = fact.pop("citizen_id")
        self._ids[story_id] = (await self._answer_to("intake/citizens", fact | {"cpr": cpr}))["citizen_id"]

    async def _invite(self, fact: Fact) -> None:
        fact["citizen_ids"] = [fact.pop("citizen_id")]
        await self._say(f"courses/cohorts/{fact.pop('cohort_id')}/invitations", fact)

    async def _answer(self, fact: Fact) -> None:
        await self._say(f"courses/cohorts/{fact.pop('cohort_id')}/invitations/{fact.pop('citizen_id')}/answer", fact)

    async def _enrol(self, fact: Fact) -> None:
        await self._make("enrolment_id", f"courses/cohorts/{fact.pop('cohort_id')}/enrolments", fact)

    async def _freeze(self, fact: Fact) -> None:
        await self._say(f"courses/cohorts/{fact['cohort_id']}/freeze", {"happened": fact["happened"]})

    async def _end(self, fact: Fact) -> None:
        if fact["reason"] != "got_job":
            told = {name: fact[name] for name in ("reason", "on", "happened")}
            await self._say(f"courses/participations/{fact['enrolment_id']}/end", told)

    async def _register_company(self, fact: Fact) -> None:
        del fact["sme"]  # follows from the number of employees
        await self._make("company_id", "outcomes/companies", fact)

    async def _meet(self, fact: Fact) -> None:
        path, happened = f"outcomes/events/{fact.pop('event_id')}/meetings/held", fact.pop("happened")
        await self._say(path, {"meetings": [fact], "happened": happened})

    async def _make(self, entity: str, path: str, fact: Fact) -> None:
        story_id = fact.pop(entity)
        self._ids[story_id] = (await self._answer_to(path, fact))[entity]

    async def _say(self, path: str, body: Fact) -> None:
        await self._answer_to(path, body)

    async def _answer_to(self, path: str, body: Fact) -> Fact:
        """The answer to a command; waits where one service must first hear of another's citizen or participation."""

        async def answer() -> Fact:
            answered = await self._caller.post(f"/{path}", json=body)
            assert answered.is_success, f"{answered.status_code} {answered.text}"
            result: Fact = answered.json()
            return result

        return await eventually(answer, 15, what=path)

    def _translated(self, value: Any) -> Any:
        match value:
            case dict():
                return {key: self._translated(one) for key, one in value.items() if key != "municipality"}
            case list():
                return [self._translated(one) for one in value]
            case str():
                return self._ids.get(value, value)
        return value


async def _follows(_: Fact) -> None:
    """Another command has said it."""
