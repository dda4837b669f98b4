"""The projector: reads the stream from its checkpoint and keeps histories, cells and published figures up to date.

**Correctness does not depend on delivery.** A history is a set of facts keyed by event id, so an event that comes
twice, late or out of order changes nothing that a rebuild would not. Facts, cell differences and the checkpoint commit
in one transaction. The checkpoint only saves time.

**The stream may lie.** A broker that was restored from an older copy gives out sequence numbers a second time, and a
reader that goes on at ``checkpoint + 1`` would skip what is there now. So the projector remembers the message at its
checkpoint, its id and when it was stored, and compares them on every (re)connect. On a mismatch it starts a new epoch:
it reads the stream from the beginning and finds most facts known.

**One at a time.** An advisory lock lets one projector work; a fencing token in the checkpoint row refuses the commit
of one that was paused and replaced. A projector that has nothing to commit looks for the token every second: a rebuild
may have put the checkpoint back to before what it has folded.
"""

import asyncio
import contextlib
from dataclasses import replace
from uuid import UUID

import asyncpg
import structlog
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from services.outcomes.effect.definitions import fingerprint
from services.outcomes.effect.fact import Fact, fact_from_json
from services.outcomes.effect.pilots import READS as PILOTS
from services.outcomes.projection import projector_table
from services.outcomes.projection.at_hand import AtHand
from services.outcomes.projection.gaps import GapWatch
from services.outcomes.projection.lag import Lag
from services.outcomes.projection.parking import UNFOLDABLE, Parking
from services.outcomes.projection.projection import Projection
from services.outcomes.projection.publication import Publication
from services.outcomes.projection.rebuild import id_of
from services.outcomes.projection.recount import recount
from services.outcomes.projection.version import version_of
from services.outcomes.projection.warming import warm
from shared import crash
from shared.messaging.bus import Bus, BusError
from shared.messaging.feed import Feed, FeedLost, position_of
from shared.messaging.parked import ParkingLot
from shared.messaging.provision import NOT_FOUND, provision_stream
from shared.messaging.refill import has_event
from shared.messaging.topology import projections
from shared.persistence.connection import OwnConnection
from shared.persistence.database import CONNECTION_LOST, Database
from shared.problems import Unavailable
from shared.settings import Settings
from shared.tasks import end
from shared.telemetry.metrics import Metrics

log = structlog.get_logger(__name__)

RETRY_S = 0.5
STANDBY_S = 1.0
OWNED_S = 1.0


class Projector:
    """The projector of one outcomes database; ``batch`` is the most messages it folds at once, None whatever waits."""

    def __init__(self, database: Database, bus: Bus, settings: Settings, *, batch: int | None = None):
        self._database, self._bus, self._batch = database, bus, batch
        self._stream, self._bucket = settings.stream, settings.bucket
        self._parking = Parking(ParkingLot(database))
        self._projection = Projection()
        self.at_hand = AtHand()
        self._publication = Publication(database, bus, self._bucket, self._projection.references)
        self._gaps = GapWatch(database, bus, self._heal)
        self._reader = Bus(bus.url, name="projector", bodies_only=True)
        self._feed: Feed | None = None
        self._connection: OwnConnection | None = None
        self._checkpoint: projector_table.Checkpoint | None = None
        self._folding = asyncio.Lock()
        self._lag = Lag()
        self._standby = False
        self.folded = 0
        self.warmed = False
        """Whether the histories touched last are at hand, as far as there is room."""
        self._reader.on_reconnected(self._broker_came_back)

    async def run(self) -> None:
        """Project until cancelled, through every loss of the database or the broker."""
        while True:
            try:
                self._connection = await self._database.connect(derived=True)
                try:
                    await self._work(self._connection)
                finally:
                    self._lag.unknown()
                    with contextlib.suppress(Exception):
                        await self._connection.close(timeout=1)
            except projector_table.Fenced:
                log.warning("projector-fenced")
            except (*CONNECTION_LOST, asyncpg.PostgresError, Unavailable) as failure:
                log.warning("projector-database-lost", error=str(failure) or type(failure).__name__)
            except Exception:  # the tables are the truth, whatever it was: begin again from them
                log.exception("projector-failed")
            await asyncio.sleep(RETRY_S)

    async def _work(self, connection: OwnConnection) -> None:
        self._forget()
        while not await projector_table.lock(connection):
            self._standby = True
            await asyncio.sleep(STANDBY_S)
        self._standby = False
        beside: list[asyncio.Task[None]] = []
        try:
            await self._reader.open(allow_unsafe=True)  # the shared connection has asked whether the broker syncs
            self._checkpoint = await projector_table.take_over(connection)
            if await projector_table.definitions_of(connection) != fingerprint():
                await recount(connection, self._checkpoint.owner)
            await self._load(connection)
            works = (self._publication.run(), self._gaps.run(), self._stay_owner(), self._warm(connection))
            beside += map(asyncio.create_task, works)
            while True:
                try:
                    await self._follow(connection)
                except FeedLost as lost:
                    log.info("projector-feed-lost", reason=str(lost))
                except (BusError, NatsError, OSError) as failure:
                    if isinstance(failure, CONNECTION_LOST) and connection.is_closed():
                        raise
                    log.warning("projector-broker-failed", error=f"{type(failure).__name__}: {failure}")
                    await asyncio.sleep(RETRY_S)
        finally:
            await self._reader.close()
            await end(*beside)

    async def _load(self, connection: OwnConnection) -> None:
        await self._projection.load(connection)
        version = await version_of(connection)
        for kept in self._kept:
            kept.begin(version, self._projection.references)

    @property
    def _kept(self) -> tuple[AtHand, ...]:
        """The questions that were asked, and those behind what is published."""
        return self.at_hand, *self._publication.kept

    def _forget(self) -> None:
        for kept in self._kept:
            kept.forget()

    async def _follow(self, connection: OwnConnection) -> None:
        """Open the feed at the checkpoint, after making sure that it is the stream we knew, and fold what comes."""
        before = self._bus.generation, self._reader.generation
        checkpoint = await self._verified(connection)
        await provision_stream(self._bus, projections(self._bucket))
        self._feed = Feed(self._reader, self._stream, start=checkpoint.sequence + 1, limit=self._batch)
        try:
            self._lag.stands_at(await self._feed.open())
            if before != (self._bus.generation, self._reader.generation):
                raise FeedLost("the broker went away while the stream was compared with the checkpoint")
            self._publication.behind = self._lag.behind
            await self._publication.everything((checkpoint.epoch, checkpoint.sequence))
            while True:
                messages = await self._feed.batch()
                crash.point("projector.received")
                await self._fold(connection, messages)
        finally:
            await self._feed.close()

    async def _verified(self, connection: OwnConnection) -> projector_table.Checkpoint:
        checkpoint = self._checkpoint
        assert checkpoint is not None
        if await projector_table.owner_of(self._database.pool) != checkpoint.owner:
            raise projector_table.Fenced
        known = checkpoint.sequence == 0 or await has_event(
            self._bus, self._stream, checkpoint.sequence, checkpoint.event_id, stored=checkpoint.stored
        )
        if not known or not await self._stream_is_there():
            log.error("projector-new-epoch", sequence=checkpoint.sequence, event_id=str(checkpoint.event_id))
            async with self._folding:  # a gap may be being healed on this connection
                checkpoint = self._checkpoint = await projector_table.new_epoch(connection, checkpoint.owner)
        return checkpoint

    async def _stream_is_there(self) -> bool:
        try:
            await self._bus.ask(f"STREAM.INFO.{self._stream}")
        except BusError as error:
            if error.code in NOT_FOUND:
                return False
            raise
        return True

    async def _fold(self, connection: OwnConnection, messages: list[Msg]) -> None:
        """Fold a batch of the stream and move the checkpoint, in one transaction."""
        position = position_of(messages[-1])
        facts = []
        for message in messages:
            try:
                facts.append(fact_from_json(message.data))
            except ValueError as malformed:
                await self._parking.unreadable(message, malformed)
        event_id = id_of(messages[-1])
        try:
            await self._commit(connection, facts, position.sequence, event_id, position.stored)
        except UNFOLDABLE:
            facts = await self._fold_one_by_one(connection, facts)
            await self._commit(connection, [], position.sequence, event_id, position.stored)
        self.folded += len(facts)
        self._lag.stands_at(position.pending)
        self._publication.behind = self._lag.behind

    async def _fold_one_by_one(self, connection: OwnConnection, facts: list[Fact]) -> list[Fact]:
        """Fold the facts singly after one of them broke the batch; park the ones that cannot be counted."""
        good = []
        for fact in facts:
            try:
                await self._commit(connection, [fact], None, None)
                good.append(fact)
            except UNFOLDABLE as failure:
                await self._parking.uncountable(fact, failure)
        return good

    async def _heal(self, bodies: list[bytes]) -> None:
        """Fold events that the stream did not bring; the checkpoint stays where it is."""
        assert self._connection is not None
        facts = [fact_from_json(body) for body in bodies]
        try:
            await self._commit(self._connection, facts, None, None)
        except UNFOLDABLE:
            await self._fold_one_by_one(self._connection, facts)

    async def _commit(
        self,
        connection: OwnConnection,
        facts: list[Fact],
        sequence: int | None,
        event_id: UUID | None,
        stored: int | None = None,
    ) -> None:
        async with self._folding:
            assert self._checkpoint is not None
            reached = self._checkpoint
            if sequence is not None:
                reached = replace(reached, sequence=sequence, event_id=event_id, stored=stored)
            try:
                async with connection.transaction():
                    if sequence is None:  # no checkpoint would bring this again
                        await connection.execute("SET LOCAL synchronous_commit = on")
                    changes = await self._projection.fold(connection, facts)
                    version = await projector_table.save_checkpoint(connection, reached)
                    for kept in self._kept:
                        kept.commits(version, changes, self._projection.references)
                    crash.point("projector.before-commit")
            except BaseException:
                self._forget()
                if not connection.is_closed():
                    await self._load(connection)  # what is in memory may be ahead of the tables now
                raise
            self._checkpoint = reached
        crash.point("projector.committed")
        self._publication.changed(changes.cells, changes.courses, reached.epoch, reached.sequence)
        for fact in facts:
            if fact.type == "target-set":
                self._publication.retargeted(fact.municipality)
            elif fact.type in PILOTS:
                self._publication.piloted(fact.subject.partition("/")[2])
        self._gaps.touched(facts)

    async def _warm(self, connection: OwnConnection) -> None:
        self.warmed = False
        with contextlib.suppress(*CONNECTION_LOST):  # whoever folds notices, and begins again
            await warm(self._database, self._projection, connection, self._folding, lambda: self._lag.pending > 0)
            self.warmed = True

    async def _stay_owner(self) -> None:
        """Let go of the feed when somebody has taken over: what comes next on it may be long after their checkpoint."""
        while True:
            await asyncio.sleep(OWNED_S)
            with contextlib.suppress(*CONNECTION_LOST, asyncpg.PostgresError, Unavailable):
                owner = await projector_table.owner_of(self._database.pool)
                if self._feed is not None and self._checkpoint is not None and owner != self._checkpoint.owner:
                    self._feed.abandon("another projector has taken over")

    async def _broker_came_back(self) -> None:
        if self._feed is not None:
            self._feed.abandon("the broker came back: the stream must be compared with the checkpoint")

    def checks(self) -> dict[str, str]:
        """Readiness: the projector follows and is not far behind. What is missing is an alarm, not a reason to stop."""
        if self._standby:
            return {"projector": ""}  # another process projects
        return {"projector": self._lag.said()}

    @property
    def unpublished(self) -> int:
        """Documents whose figures have changed since they were put on KV."""
        return self._publication.waiting

    @property
    def missing(self) -> int:
        """Events known to be missing from the histories."""
        return self._gaps.open

    def measure(self, metrics: Metrics) -> None:
        """Offer lag, throughput and gaps to Prometheus."""
        metrics.gauge("loeft_projector_pending", "Events that wait for the projector.", lambda: self._lag.pending)
        metrics.gauge("loeft_projector_folded", "Events this projector has folded.", lambda: self.folded)
        metrics.gauge("loeft_projector_published", "Documents put on KV.", lambda: self._publication.published)
        metrics.gauge("loeft_projector_unpublished", "Documents that wait for KV.", lambda: self.unpublished)
        metrics.gauge("loeft_figures_at_hand_bytes", "Memory of questions kept.", lambda: float(self.at_hand.size))
        metrics.gauge("loeft_gaps", "Events known to be missing.", lambda: self.missing)
