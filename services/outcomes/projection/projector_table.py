"""The table ``projector``: one row, how far it has read, by which definitions it counts, and who may write."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from shared.persistence.connection import Connection, Pool

LOCK = 0x50726F6A  # "Proj": one projector works at a time
PARTITION = 0
VERSION = "concat_ws('/', epoch, sequence, owner, extract(epoch FROM updated), xmin)"
"""Of the checkpoint's row: another one whenever the cells may be others (``version.py``)."""
SAVE_CHECKPOINT = f"""
UPDATE projector SET sequence = $3, event_id = $4, stored = $5, updated = now()
WHERE partition = $1 AND owner = $2 RETURNING {VERSION}
"""


class Fenced(RuntimeError):
    """Another projector has taken over."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far the projector has read, in which epoch of the stream, and by which message it knows the stream again."""

    epoch: UUID
    sequence: int
    event_id: UUID | None
    stored: int | None
    owner: int


async def lock(connection: Connection) -> bool:
    """Take the place of the one projector that works; whether it was free."""
    return bool(await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK))


async def take_over(connection: Connection) -> Checkpoint:
    """Become the owner: whoever was is fenced from now on."""
    row = await connection.fetchrow(
        "INSERT INTO projector AS p (partition, epoch, sequence, owner, updated) VALUES ($1, $2, 0, 1, now())"
        " ON CONFLICT (partition) DO UPDATE SET owner = p.owner + 1 RETURNING epoch, sequence, event_id, stored, owner",
        PARTITION,
        uuid4(),
    )
    assert row is not None
    return Checkpoint(**row)


async def owner_of(connection: Connection | Pool) -> int:
    """The fencing token of whoever took over last; 0 when nobody did yet."""
    return await connection.fetchval("SELECT owner FROM projector WHERE partition = $1", PARTITION) or 0


async def new_epoch(connection: Connection, owner: int) -> Checkpoint:
    """Start again at the beginning of a stream that is not the one we knew. The histories stay: they are sets."""
    row = await connection.fetchrow(
        "UPDATE projector SET epoch = $3, sequence = 0, event_id = NULL, stored = NULL, updated = now()"
        " WHERE partition = $1 AND owner = $2 RETURNING epoch, sequence, event_id, stored, owner",
        PARTITION,
        owner,
        uuid4(),
    )
    if row is None:
        raise Fenced
    return Checkpoint(**row)


async def definitions_of(connection: Connection) -> str | None:
    """The fingerprint of the definitions that the cells were counted by; None when they were not counted yet."""
    found: str | None = await connection.fetchval("SELECT definitions FROM projector WHERE partition = $1", PARTITION)
    return found


async def save_definitions(connection: Connection, owner: int, definitions: str) -> None:
    """Note by which definitions the cells are counted; raises Fenced when another projector has taken over."""
    saved = await connection.fetchval(
        "UPDATE projector SET definitions = $3 WHERE partition = $1 AND owner = $2 RETURNING true",
        PARTITION,
        owner,
        definitions,
    )
    if not saved:
        raise Fenced


async def save_checkpoint(connection: Connection, checkpoint: Checkpoint) -> str:
    """Note how far we are; the version that this brings. Raises Fenced when another projector has taken over."""
    version: str | None = await connection.fetchval(
        SAVE_CHECKPOINT, PARTITION, checkpoint.owner, checkpoint.sequence, checkpoint.event_id, checkpoint.stored
    )
    if version is None:
        raise Fenced
    return version
