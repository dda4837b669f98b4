"""The embedded stack starts a server again that ended unasked, as a restart policy does for containers.

Services, projector and pages live through the loss by themselves and go on when the server is back.
"""

import asyncio

import structlog

from deploy.embedded.nats_server import NatsServer
from deploy.embedded.postgres_server import PostgresServer
from deploy.embedded.stack_error import StackError

log = structlog.get_logger(__name__)

LOOK_S = 0.2
REST_S = 5.0
"""After a start that failed."""


async def keep_running(name: str, server: NatsServer | PostgresServer) -> None:
    """Look after a server until cancelled. If it cannot be started it is tried again; the log says why."""
    while True:
        await asyncio.sleep(LOOK_S)
        if server.pid is None:
            try:
                await _started(server)
                log.error("server-had-ended-and-was-started-again", server=name, pid=server.pid)
            except (StackError, OSError) as failure:
                log.error("server-ended-and-cannot-be-started", server=name, reason=str(failure))
                await asyncio.sleep(REST_S)


async def _started(server: NatsServer | PostgresServer) -> None:
    """Start it. A thread cannot be cancelled: whoever is about to stop the servers must find this one started."""
    starting = asyncio.create_task(asyncio.to_thread(_again, server))
    cancelled = False
    while not starting.done():
        try:
            await asyncio.wait([starting])
        except asyncio.CancelledError:
            cancelled = True
    if cancelled:
        raise asyncio.CancelledError
    starting.result()


def _again(server: NatsServer | PostgresServer) -> None:
    server.stop()  # lets go of what the dead one held
    server.end_orphan()
    server.start()
