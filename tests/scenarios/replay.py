"""A story told again, command by command, over HTTP as the jobcenter's own systems would tell it.

``await replay(story, client_for)`` sends the command behind each event, with the moment at which it happened. The
services choose their own ids; the answers tell which of them stands for which of the story's. What the product does by
itself is not sent: a frozen roster starts its participations, and an ordinary job ends the ones that run.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import uuid4

import httpx

from shared.contracts.envelope import Envelope
from tests.waiting import eventually

ClientFor = Callable[[str, str], httpx.AsyncClient]
"""The client of a service for callers of a municipality with every role; the service's paths begin at its root."""

Send = Callable[["Replay", list[Envelope]], Awaitable[None]]
ARRIVES_WITHIN_S = 60
NOT_YET_KNOWN = "urn:loeft:problem:citizen-unknown"  # intake's event is on its way to the service


@dataclass(slots=True)
class Replay:
    """A telling under way. ``ids`` leads from the story's ids to those of the services."""

    client_for: ClientFor
    ids: dict[str, str] = field(default_factory=dict)

    async def post(self, told: Envelope, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send a command of the event's service, again until what it names has arrived there; the answer."""
        client = self.client_for(told.service, told.municipality)
        headers = {"Idempotency-Key": str(uuid4())}

        async def arrived() -> httpx.Response | None:
            answer = await client.post(path, json=body | {"happened": told.time.isoformat()}, headers=headers)
            return None if answer.is_error and answer.json().get("type") == NOT_YET_KNOWN else answer

        answer = await eventually(arrived, ARRIVES_WITHIN_S, what=f"{told.service} knows the citizen")
        assert answer.is_success, f"{told.type} {told.id}: {answer.text}"
        done: dict[str, Any] = answer.json()
        return done

    def here(self, value: Any) -> Any:
        """A value of the story with the services' ids in place of its own."""
        if isinstance(value, list):
            return [self.here(one) for one in value]
        if isinstance(value, dict):
            return {name: self.here(one) for name, one in value.items()}
        return self.ids.get(value, value) if isinstance(value, str) else value

    def body(self, told: Envelope, *left_out: str) -> dict[str, Any]:
        """The event's payload as a command's body."""
        data = {name: value for name, value in told.data.items() if name not in ("municipality", *left_out)}
        return {name: self.here(value) for name, value in data.items()}

    def stands_for(self, told: Envelope, name: str, answer: dict[str, Any]) -> None:
        """The answer's id stands for the event's."""
        self.ids[told.data[name]] = answer[name]


async def replay(story: list[Envelope], client_for: ClientFor) -> dict[str, str]:
    """Tell the story; the services' ids by the story's. AssertionError when a command is refused."""
    telling = Replay(client_for)
    for together in _commands(story):
        await SENT[together[0].name](telling, together)
    return telling.ids


def _commands(story: list[Envelope]) -> Iterator[list[Envelope]]:
    """The events in the order recorded, those of one command together."""
    ordered = sorted(story, key=lambda told: told.recordedtime)
    jobs = {
        (told.data["citizen_id"], told.data["on"])
        for told in story
        if told.name == "placement-started" and told.data["kind"] == "ordinary"
    }
    sent = [told for told in ordered if not _done_by_itself(told, jobs)]
    for _, together in groupby(sent, key=lambda told: (told.name, told.time, told.data.get(BULK.get(told.name, "")))):
        events = list(together)
        if events[0].name in BULK:
            yield events
        else:
            yield from ([told] for told in events)


def _done_by_itself(told: Envelope, jobs: set[tuple[str, str]]) -> bool:
    if told.name == "participation-ended" and told.data["reason"] == "got_job":
        return (told.data["citizen_id"], told.data["on"]) in jobs
    return told.name == "participation-started"


async def _register_citizen(telling: Replay, events: list[Envelope]) -> None:
    (told,) = events
    body = telling.body(told, "citizen_id", "birth_year") | {"cpr": _invented_number(told, len(telling.ids))}
    telling.stands_for(told, "citizen_id", await telling.post(told, "/citizens", body))


def _invented_number(told: Envelope, number: int) -> str:
    """A CPR number of the story's year of birth that is nobody else's here; digits 0-3 say the twentieth century."""
    assert 1900 <= told.data["birth_year"] <= 1999
    return f"0101{told.data['birth_year'] % 100:02}-{number % 4000:04}"


def _made(path: str, own_id: str, *left_out: str) -> Send:
    """A command that makes something with an id of its own."""

    async def send(telling: Replay, events: list[Envelope]) -> None:
        (told,) = events
        answer = await telling.post(told, path, telling.body(told, own_id, *left_out))
        telling.stands_for(told, own_id, answer)

    return send


async def _name_citizens(telling: Replay, events: list[Envelope]) -> None:
    noun = {"citizen-identified": "identifications", "citizen-invited": "invitations"}[events[0].name]
    cohort = telling.here(events[0].data["cohort_id"])
    body = {"citizen_ids": telling.here(_values(events, "citizen_id"))}
    await telling.post(events[0], f"/cohorts/{cohort}/{noun}", body)


async def _answer_invitation(telling: Replay, events: list[Envelope]) -> None:
    (told,) = events
    body = telling.body(told, "cohort_id", "citizen_id")
    cohort, citizen = telling.here(told.data["cohort_id"]), telling.here(told.data["citizen_id"])
    await telling.post(told, f"/cohorts/{cohort}/invitations/{citizen}/answer", body)


async def _enrol(telling: Replay, events: list[Envelope]) -> None:
    (told,) = events
    path = f"/cohorts/{telling.here(told.data['cohort_id'])}/enrolments"
    telling.stands_for(
        told, "enrolment_id", await telling.post(told, path, telling.body(told, "cohort_id", "enrolment_id"))
    )


async def _freeze(telling: Replay, events: list[Envelope]) -> None:
    (told,) = events
    answer = await telling.post(told, f"/cohorts/{telling.here(told.data['cohort_id'])}/freeze", {})
    assert sorted(answer["enrolment_ids"]) == sorted(telling.here(told.data["enrolment_ids"]))


async def _end_participations(telling: Replay, events: list[Envelope]) -> None:
    ended = [telling.body(told, "cohort_id", "course_id", "citizen_id") for told in events]
    cohort = telling.here(events[0].data["cohort_id"])
    await telling.post(events[0], f"/cohorts/{cohort}/end", {"participations": ended})


async def _hold_meetings(telling: Replay, events: list[Envelope]) -> None:
    meetings = [telling.body(told, "event_id") for told in events]
    event = telling.here(events[0].data["event_id"])
    await telling.post(events[0], f"/events/{event}/meetings/held", {"meetings": meetings})


async def _hold_event(telling: Replay, events: list[Envelope]) -> None:
    (told,) = events
    await telling.post(told, f"/events/{telling.here(told.data['event_id'])}/hold", telling.body(told, "event_id"))


def _values(events: Iterable[Envelope], name: str) -> list[Any]:
    return [told.data[name] for told in events]


BULK = {  # events that one command may tell together, and what they must have in common
    "citizen-identified": "cohort_id",
    "citizen-invited": "cohort_id",
    "participation-ended": "cohort_id",
    "meeting-held": "event_id",
}

SENT: dict[str, Send] = {
    "citizen-registered": _register_citizen,
    "course-offered": _made("/courses", "course_id"),
    "cohort-opened": _made("/cohorts", "cohort_id"),
    "citizen-identified": _name_citizens,
    "citizen-invited": _name_citizens,
    "invitation-answered": _answer_invitation,
    "citizen-enrolled": _enrol,
    "roster-frozen": _freeze,
    "participation-ended": _end_participations,
    "certificate-awarded": _made("/certificates", "certificate_id"),
    "company-registered": _made("/companies", "company_id", "sme"),
    "event-planned": _made("/events", "event_id"),
    "meeting-held": _hold_meetings,
    "event-held": _hold_event,
    "placement-started": _made("/placements", "placement_id"),
}
