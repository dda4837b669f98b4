"""A desk with many open pages: the desk in one process, everybody who reads in another."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import uvicorn

from services.desk.app import create_app, running
from shared.contracts.courses import CitizenEnrolled
from shared.messaging.cloudevents import encode
from shared.messaging.topology import bus_subject
from shared.settings import Settings
from tests.benchmarks.machines import Addresses, told_to_go_on
from tests.benchmarks.ours.connections import opened_bus
from tests.real.telling import Telling
from tests.unit.desk import examples

COHORT = UUID(int=2)
EVERY_S = 1.2
"""Between two changes: an open page is told of one a second at most."""


async def desk(at: Addresses, port: int, directory: str) -> dict[str, Any]:
    """One desk process, until everybody has read."""
    settings = Settings(nats_url=at["nats_url"], data_directory=Path(directory))
    async with opened_bus(at) as bus:
        app = create_app(settings, bus)
        listening = socket.create_server(("127.0.0.1", port), backlog=1024)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
        async with running(app):
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            await told_to_go_on()
            server.should_exit = server.force_exit = True
        await serving
    return {}


async def figures(at: Addresses, port: int, pages: int, changes: int) -> dict[str, Any]:
    """Pages with figures: from each change of a projection to each page that has it, in seconds."""
    async with opened_bus(at) as bus:
        bucket = await bus.jetstream().key_value("projections")
        await bucket.put(examples.NAESTVED, examples.bytes_of(examples.naestved()))

        async def change(number: int) -> bytes:
            document = examples.naestved()
            document["course"]["title"] = f"Change {number}."
            await bucket.put(examples.NAESTVED, examples.bytes_of(document))
            return f"Change {number}.".encode()

        return await _heard(port, "/live", pages, changes, change)


async def working(at: Addresses, port: int, pages: int, changes: int) -> dict[str, Any]:
    """Pages about one cohort: from each event about it to each page that is told to look again, in seconds."""
    telling = Telling("0370")
    async with opened_bus(at) as bus:

        async def change(number: int) -> bytes:
            telling.tell(CitizenEnrolled.example(), _TODAY, cohort_id=COHORT, citizen_id=UUID(int=1000 + number))
            stored = await bus.jetstream().publish(bus_subject(telling.told[-1]), encode(telling.told[-1]))
            return f"\nid: {stored.seq}".encode()

        return await _heard(port, f"/changes?about={COHORT}", pages, changes, change)


async def fan_out(at: Addresses, port: int, pages: int, changes: int) -> dict[str, Any]:
    """The same readers at the floor's door."""
    async with opened_bus(at) as bus:
        bucket = await bus.jetstream().key_value("projections")

        async def change(number: int) -> bytes:
            await bucket.put("floor", f"Change {number}.".encode())
            return f"Change {number}.".encode()

        return await _heard(port, "/", pages, changes, change)


_TODAY = datetime.now(UTC).date()


async def _heard(
    port: int, path: str, pages: int, changes: int, change: Callable[[int], Awaitable[bytes]]
) -> dict[str, Any]:
    """Open so many streams; the seconds from each change to its sight by each of them."""
    cookie = "" if path == "/" else await _signed_in(port)
    streams = await asyncio.gather(*(_Stream.open(port, path, cookie) for _ in range(pages)))
    seconds: list[float] = []
    for number in range(changes):
        issued = time.monotonic()
        wanted = await change(number)
        seen = await asyncio.gather(*(stream.until(wanted) for stream in streams))
        seconds += [moment - issued for moment in seen]
        await asyncio.sleep(max(0.0, EVERY_S - (time.monotonic() - issued)))
    for stream in streams:
        stream.close()
    return {"seconds": seconds}


async def _signed_in(port: int) -> str:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        answer = await client.post("/login", data={"user": "jobkonsulent", "municipality": "0370"})
        return answer.headers["set-cookie"].partition(";")[0]


class _Stream:
    """One open page's stream, read as bytes: a browser has a machine of its own."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int, path: str, cookie: str) -> "_Stream":
        """Ask for the stream; returns when its first message has come."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=4 * 1024 * 1024)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: desk\r\nCookie: {cookie}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head, head
        stream = cls(reader, writer)
        await stream.until(b"data:")
        return stream

    async def until(self, wanted: bytes) -> float:
        """When the next message that holds these bytes was here."""
        while True:
            message = await asyncio.wait_for(self._reader.readuntil(b"\n\n"), 30)
            if wanted in message:
                return time.monotonic()

    def close(self) -> None:
        """The page is closed."""
        self._writer.close()
