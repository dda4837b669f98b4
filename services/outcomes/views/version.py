"""Versions of entities, which callers send back."""

from shared.persistence import Transaction

VERSION = "Send it as Expected-Version with a command that rests on what you read here."


async def version_of(tx: Transaction, subject: str) -> int:
    """The version of an entity; 0 when nothing was told of it."""
    version: int | None = await tx.fetchval("SELECT version FROM entity WHERE subject = $1", subject)
    return version or 0
