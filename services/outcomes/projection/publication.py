"""Publishes changed figures on KV, after the commit, coalesced: only what is dirty, and only its newest value.

A document says all there is to say of one effort (``effort.<municipality>.<course>``) or of one municipality
(``municipality.<municipality>``). The last key of each round is ``watermark``: whoever watches has a consistent cut
when it comes. The bucket is a cache: it is filled whole when the projector starts, when the broker came back, and
when a day ends in Denmark, because figures are "as of" a day.

What became of people has documents of its own, which take longer (``outcomes_publication.py``): they come after these
and are no part of the watermark.

A document costs what changed since it was counted last (``at_hand.py``), not what there is to count. After a round that
was expensive all rest for four times what it cost, at most two seconds, so publishing takes a fifth of the projector's
time (a fortieth while the projector is behind, when no figure is fresh anyway). A municipality's figures, which every
event changes, go out at once and then at most four times a second.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

import structlog

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.references import References
from services.outcomes.projection.at_hand import AtHand
from services.outcomes.projection.document import (
    EFFORT,
    MUNICIPALITY,
    Document,
    Key,
    changed_documents,
    document,
    kv_key,
)
from services.outcomes.projection.outcomes_document import EFFORT_OUTCOMES, MUNICIPALITY_OUTCOMES
from services.outcomes.projection.outcomes_publication import OutcomesPublication
from services.outcomes.projection.pace import CHEAP_S, LONGEST_REST_S, MOST_BYTES, MOST_CHANGES, REST, REST_WHEN_BEHIND
from shared import crash
from shared.clock import danish_day, now
from shared.messaging.bus import Bus
from shared.messaging.provision import provision_stream
from shared.messaging.publisher import ACK_TIMEOUT_S, BATCH_FROM, BATCH_LIMIT, publish_atomically, publishing
from shared.messaging.topology import projections
from shared.persistence.database import Database
from shared.tasks import end

log = structlog.get_logger(__name__)

WATERMARK = "watermark"
MUNICIPALITY_EVERY_S = 0.25
DAY_CHECK_S = 30.0


class Publication:
    """What is dirty, and the loop that publishes it."""

    def __init__(self, database: Database, bus: Bus, bucket: str, references: References):
        self._database, self._bus, self._bucket, self._references = database, bus, bucket, references
        self.at_hand = AtHand(most_bytes=MOST_BYTES, most_changes=MOST_CHANGES)
        self._dirty: set[Key] = set()
        self._at_work: set[Key] = set()
        self._resting_until = 0.0
        self._not_before: dict[Key, float] = {}
        self._position = (UUID(int=0), 0)
        self._wake = asyncio.Event()
        self._day: date | None = None
        self._outcomes = OutcomesPublication(database, bus, bucket, references)
        self._published = 0

    @property
    def kept(self) -> tuple[AtHand, AtHand]:
        """The questions behind the documents, which follow what the projector commits."""
        return self.at_hand, self._outcomes.at_hand

    @property
    def behind(self) -> bool:
        """Whether the projector is behind: then figures are published less often."""
        return self._outcomes.behind

    @behind.setter
    def behind(self, behind: bool) -> None:
        self._outcomes.behind = behind

    @property
    def published(self) -> int:
        """Documents put on KV so far."""
        return self._published + self._outcomes.published

    @property
    def waiting(self) -> int:
        """Documents that are not put yet as the figures are now."""
        return len(self._dirty | self._at_work) + self._outcomes.waiting

    def changed(self, cells: Collection[Cell], courses: Iterable[str], epoch: UUID, sequence: int) -> None:
        """Note what a committed batch changed, and up to where."""
        self._position = (epoch, sequence)
        self._outcomes.changed(cells, self._position)
        self._dirty |= changed_documents(cells, self._references)
        for course_id in courses:
            course = self._references.course(course_id)
            if course.municipality:
                self._dirty.add((EFFORT, course.municipality, course.id))
        self._wake.set()

    def retargeted(self, municipality: str) -> None:
        """Note that a municipality has set a target."""
        self._dirty.add((MUNICIPALITY, municipality, ""))
        self._wake.set()

    def piloted(self, pilot_id: str) -> None:
        """Note that a pilot was registered or decided on."""
        pilot = self._references.pilots.get(pilot_id)
        if pilot is not None:
            municipality = self._references.course(pilot.course).municipality or pilot.municipality
            self._outcomes.add([(EFFORT_OUTCOMES, municipality, pilot.course)])

    async def everything(self, position: tuple[UUID, int] | None = None) -> None:
        """Note everything as dirty: the bucket may be empty, old, or of yesterday. ``position`` is where we stand."""
        self._position = self._outcomes.position = position or self._position
        rows = await self._database.pool.fetch("SELECT DISTINCT municipality FROM cell")
        courses = [(one.municipality, one.id) for one in self._references.courses.values() if one.municipality]
        municipalities = {row["municipality"] for row in rows} | {municipality for municipality, _ in courses}
        self._dirty |= {(MUNICIPALITY, municipality, "") for municipality in municipalities}
        self._dirty |= {(EFFORT, *course) for course in courses}
        self._outcomes.add((EFFORT_OUTCOMES, *course) for course in sorted(courses))
        self._outcomes.add((MUNICIPALITY_OUTCOMES, municipality, "") for municipality in sorted(municipalities))
        self._wake.set()

    async def run(self) -> None:
        """Publish what is dirty until cancelled; what fails stays dirty."""
        await self._wake.wait()  # before that we do not know where we stand
        outcomes = asyncio.create_task(self._outcomes.run())
        try:
            await self._run()
        finally:
            await end(outcomes)

    async def _run(self) -> None:
        while True:
            try:
                if self._day != danish_day(now()):
                    self._day = danish_day(now())
                    await self.everything()
                pause = await self._round()
            except Exception as failure:  # the figures are safe in the tables: try again
                log.warning("publication-failed", error=f"{type(failure).__name__}: {failure}")
                pause = 1.0
                with contextlib.suppress(Exception):
                    if await provision_stream(self._bus, projections(self._bucket)):
                        await self.everything()  # the bucket was gone
            await self._wait(pause)

    async def _wait(self, pause: float | None) -> None:
        """Until something is dirty, or what rests may be counted again."""
        with contextlib.suppress(TimeoutError):
            # wait_for may swallow a cancellation that comes with the event
            async with asyncio.timeout(DAY_CHECK_S if pause is None else pause):
                await self._wake.wait()

    async def _round(self) -> float | None:
        """Publish what may be published now; how long to wait for the rest, None if there is none."""
        self._wake.clear()
        clock = time.monotonic()
        ready = {key: max(self._resting_until, self._not_before.get(key, 0)) for key in self._dirty}
        due = sorted(key for key, at in ready.items() if at <= clock)
        if not due:
            return max(0.005, min(ready.values()) - clock) if ready else None
        position = self._position
        self._at_work.update(due)
        try:
            if len(due) < BATCH_FROM:
                cost = await self._one_by_one(due, position)
            else:
                cost = await self._together(due, position)
        except BaseException:
            self._dirty.update(due)
            raise
        finally:
            self._at_work.clear()
        if self.behind or cost > CHEAP_S:
            rest = cost * (REST_WHEN_BEHIND if self.behind else REST)
            self._resting_until = time.monotonic() + min(rest, LONGEST_REST_S)
        self._published += len(due)
        crash.point("projector.published")
        return 0.0 if self._dirty else None

    async def _one_by_one(self, due: list[Key], position: tuple[UUID, int]) -> float:
        """Put each document as soon as it is counted: whoever watches it need not wait for the others. Their cost."""
        cost = 0.0
        async with publishing(self._bus) as put:
            for key in due:
                counted = await self._document(key, position)
                await put(self._subject(kv_key(key)), counted.body)
                cost += counted.cost_s
            await put(self._subject(WATERMARK), _watermark(position))
        return cost

    async def _together(self, due: list[Key], position: tuple[UUID, int]) -> float:
        """Put many documents in few atomic batches. Their cost."""
        counted = {key: await self._document(key, position) for key in due}
        messages: list[tuple[str, bytes, str | None]] = [
            (self._subject(kv_key(key)), one.body, None) for key, one in counted.items()
        ]
        messages.append((self._subject(WATERMARK), _watermark(position), None))
        for start in range(0, len(messages), BATCH_LIMIT):
            async with self._bus.answering(ACK_TIMEOUT_S):
                await publish_atomically(self._bus.client, messages[start : start + BATCH_LIMIT])
        return sum([one.cost_s for one in counted.values()])

    async def _document(self, key: Key, position: tuple[UUID, int]) -> Document:
        self._dirty.discard(key)
        async with self._database.connection() as connection:
            counted = await document(connection, self.at_hand, self._references, key, danish_day(now()), position)
        if key[0] == MUNICIPALITY:
            self._not_before[key] = time.monotonic() + MUNICIPALITY_EVERY_S
        return counted

    def _subject(self, key: str) -> str:
        return f"$KV.{self._bucket}.{key}"


def _watermark(position: tuple[UUID, int]) -> bytes:
    return json.dumps(
        {"epoch": str(position[0]), "sequence": position[1], "time": now().isoformat().replace("+00:00", "Z")}
    ).encode()
