"""Lets a reader that misses events of an entity ask the service that owns them: request and reply on the bus.

Ask ``log.<service>`` with ``{"subject": "citizen/018f…", "sequences": [3, 4]}``; the answer is
``{"events": [<CloudEvent>, …]}`` straight from the owner's log, without what the log does not have either.
"""

import json
from typing import Any

import structlog
from nats.aio.msg import Msg

from shared.messaging.bus import Bus
from shared.persistence.database import Database

log = structlog.get_logger(__name__)

AT_MOST = 200
ANSWER_LIMIT = 512 * 1024
"""Bytes; the broker carries a megabyte."""


class LogAnswers:
    """Answers for one service's log."""

    def __init__(self, service: str, database: Database, bus: Bus):
        self._service, self._database, self._bus = service, database, bus
        self._subscription: Any = None

    async def start(self) -> None:
        """Begin to answer; several processes of a service share the questions."""
        self._subscription = await self._bus.client.subscribe(
            f"log.{self._service}", queue=f"log-{self._service}", cb=self._answer
        )

    async def stop(self) -> None:
        """Stop answering."""
        if self._subscription is not None and self._bus.connected:
            await self._subscription.unsubscribe()

    async def _answer(self, question: Msg) -> None:
        try:
            asked = json.loads(question.data)
            rows = await self._database.pool.fetch(
                "SELECT body FROM event_log WHERE subject = $1 AND version = ANY($2) ORDER BY version",
                asked["subject"],
                [int(sequence) for sequence in asked["sequences"][:AT_MOST]],
            )
        except Exception as failure:  # the asker will ask again
            log.warning("log-question-failed", service=self._service, error=repr(failure))
            return
        bodies: list[str] = []
        room = ANSWER_LIMIT
        for row in rows:
            room -= len(row["body"].encode()) + 1
            if room < 0 and bodies:
                break  # the asker asks for the rest when it has these
            bodies.append(row["body"])
        await question.respond(f'{{"events":[{",".join(bodies)}]}}'.encode())


async def ask_owner(bus: Bus, service: str, subject: str, sequences: list[int]) -> list[bytes]:
    """The events that the owner's log has of an entity, each as CloudEvent JSON; raises when it does not answer."""
    question = {"subject": subject, "sequences": sequences[:AT_MOST]}
    reply = await bus.client.request(f"log.{service}", json.dumps(question).encode(), timeout=5)
    events: list[Any] = json.loads(reply.data)["events"]
    return [json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() for event in events]
