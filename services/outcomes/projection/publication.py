"""Publishes changed figures on KV, after the commit, coalesced: only what is dirty, and only its newest value.

A document says all there is to say of one effort (``effort.<municipality>.<course>``) or of one municipality
(``municipality.<municipality>``). The last key of each round is ``watermark``: whoever watches has a consistent cut
when it comes. The bucket is a cache: it is filled whole when the projector starts, when the broker came back, and
when a day ends in Denmark, because figures are "as of" a day.

A round costs what its documents cost. A document that is expensive to compute is not computed again before four times
that cost has passed, so publishing never takes more than a fifth of the projector's time (a fortieth while the
projector is behind, when no figure is fresh anyway).
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Iterable
from datetime import date
from uuid import UUID

import structlog

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.figures import figures
from services.outcomes.effect.references import Course, References
from services.outcomes.effect_queries import targets_of
from services.outcomes.projection import store
from shared import crash
from shared.clock import danish_day, now
from shared.messaging.bus import Bus
from shared.messaging.provision import provision_stream
from shared.messaging.publisher import ACK_TIMEOUT_S, BATCH_FROM, BATCH_LIMIT, publish_atomically, publish_pipelined
from shared.messaging.topology import projections
from shared.persistence.database import Database

log = structlog.get_logger(__name__)

OF_AN_EFFORT = ("funnel", "mikrosprint_job", "it_course_job", "upskilled_praktik", "moved_on")
OF_A_MUNICIPALITY = (
    "agreements",
    "mikrosprint_job",
    "it_course_job",
    "upskilled_praktik",
    "moved_on",
    "service_goal",
    "reach",
)
EXTRA_CUTS: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "effort": [],
    "municipality": [("reach", ("target_group",))],
}
REST = 4
REST_WHEN_BEHIND = 40
DAY_CHECK_S = 30.0

Key = tuple[str, str, str]
"""(projection, municipality, course id or '')."""


class Publication:
    """What is dirty, and the loop that publishes it."""

    def __init__(self, database: Database, bus: Bus, bucket: str, references: References):
        self._database, self._bus, self._bucket, self._references = database, bus, bucket, references
        self._dirty: set[Key] = set()
        self._not_before: dict[Key, float] = {}
        self._position = (UUID(int=0), 0)
        self._wake = asyncio.Event()
        self._day: date | None = None
        self.published = 0
        self.behind = False

    def changed(self, cells: Iterable[Cell], courses: Iterable[str], epoch: UUID, sequence: int) -> None:
        """Note what a committed batch changed, and up to where."""
        self._position = (epoch, sequence)
        for cell in cells:
            self._dirty.add(("municipality", cell[1], ""))
            for cohort in store.cohorts_of(cell):
                course = self._references.course_of(cohort)
                if course.id:
                    self._dirty.add(("effort", course.municipality or cell[1], course.id))
        for course_id in courses:
            course = self._references.course(course_id)
            if course.municipality:
                self._dirty.add(("effort", course.municipality, course.id))
        self._wake.set()

    def retargeted(self, municipality: str) -> None:
        """Note that a municipality has set a target."""
        self._dirty.add(("municipality", municipality, ""))
        self._wake.set()

    async def everything(self, position: tuple[UUID, int] | None = None) -> None:
        """Note everything as dirty: the bucket may be empty, old, or of yesterday. ``position`` is where we stand."""
        self._position = position or self._position
        rows = await self._database.pool.fetch("SELECT DISTINCT municipality FROM cell")
        self._dirty |= {("municipality", row["municipality"], "") for row in rows}
        for course in self._references.courses.values():
            if course.municipality:
                self._dirty |= {("effort", course.municipality, course.id), ("municipality", course.municipality, "")}
        self._wake.set()

    async def run(self) -> None:
        """Publish what is dirty until cancelled; what fails stays dirty."""
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
        if pause is not None:
            await asyncio.sleep(pause)
            return
        try:
            async with asyncio.timeout(DAY_CHECK_S):  # wait_for may swallow a cancellation that comes with the event
                await self._wake.wait()
        except TimeoutError:
            return

    async def _round(self) -> float | None:
        """Publish what may be published now; how long to wait for the rest, None if there is none."""
        self._wake.clear()
        clock = time.monotonic()
        due = sorted(key for key in self._dirty if self._not_before.get(key, 0) <= clock)
        if not due:
            return max(0.005, min(self._not_before[key] for key in self._dirty) - clock) if self._dirty else None
        position = self._position
        rest = REST_WHEN_BEHIND if self.behind else REST
        documents = []
        for key in due:
            self._dirty.discard(key)
            started = time.monotonic()
            try:
                documents.append((".".join(part for part in key if part), await self._document(key, position)))
            except BaseException:
                self._dirty.update(due)
                raise
            cost = time.monotonic() - started
            self._not_before[key] = time.monotonic() + (rest * cost if cost > 0.01 else 0)
        try:
            await self._put(documents, position)
        except BaseException:
            self._dirty.update(due)
            raise
        self.published += len(documents)
        crash.point("projector.published")
        return 0.0 if self._dirty else None

    async def _put(self, documents: list[tuple[str, bytes]], position: tuple[UUID, int]) -> None:
        watermark = {"epoch": str(position[0]), "sequence": position[1], "time": store.moment(now())}
        messages = [
            (f"$KV.{self._bucket}.{key}", body)
            for key, body in [*documents, ("watermark", json.dumps(watermark).encode())]
        ]
        if len(messages) >= BATCH_FROM:
            for start in range(0, len(messages), BATCH_LIMIT):
                batch = [(subject, body, None) for subject, body in messages[start : start + BATCH_LIMIT]]
                async with self._bus.answering(ACK_TIMEOUT_S):
                    await publish_atomically(self._bus.client, batch)
            return
        await publish_pipelined(self._bus, [(subject, body, None) for subject, body in messages])

    async def _document(self, key: Key, position: tuple[UUID, int]) -> bytes:
        projection, municipality, course_id = key
        as_of = danish_day(now())
        async with self._database.pool.acquire() as connection:
            if projection == "effort":
                cohorts = [c for c in self._references.cohorts.values() if c.course == course_id]
                cells = await store.cells_of_cohorts(connection, [c.id for c in cohorts])
                indicators: tuple[str, ...] = OF_AN_EFFORT
            else:
                cells = await store.cells_of_municipality(connection, municipality)
                indicators = OF_A_MUNICIPALITY
            targets = {
                indicator: await targets_of(connection, indicator, str(as_of.year), municipality)
                for indicator in indicators
                if projection == "municipality"
            }
        rows = []
        for indicator, by in [(one, ()) for one in indicators] + EXTRA_CUTS[projection]:
            counted = figures(
                cells, self._references, indicator=indicator, as_of=as_of, by=by, targets=targets.get(indicator)
            )
            rows += [figure.row() for figure in counted]
            await asyncio.sleep(0)
        document = {
            "projection": projection,
            "version": 1,
            "as_of": as_of.isoformat(),
            "municipality": municipality,
            "rows": rows,
            "position": {"epoch": str(position[0]), "sequence": position[1]},
        }
        if projection == "effort":
            document["course"] = _course(self._references.course(course_id))
            document["cohorts"] = [
                {"id": c.id, "starts": _day(c.starts), "ends": _day(c.ends), "capacity": c.capacity}
                for c in sorted(cohorts, key=lambda c: (c.starts or 0, c.id))
            ]
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _course(course: Course) -> dict[str, object]:
    return {
        "id": course.id,
        "title": course.title,
        "kind": course.kind,
        "provider": course.provider,
        "methods": list(course.methods),
        "it_specific": course.it_specific,
    }


def _day(ordinal: int | None) -> str | None:
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()
