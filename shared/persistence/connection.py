"""The driver's types, with the parameters that its stubs have and its classes lack."""

from typing import TYPE_CHECKING, Any

import asyncpg

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    Connection = asyncpg.Connection[Any] | PoolConnectionProxy[Any]
    OwnConnection = asyncpg.Connection[Any]
    Pool = asyncpg.Pool[Any]
else:
    Connection = OwnConnection = asyncpg.Connection
    Pool = asyncpg.Pool
