"""Events of the made-up jobcenter on the bus."""

import time
from typing import Any

from shared.messaging.publisher import BATCH_LIMIT, publish_atomically
from tests.benchmarks.jobcenter import SEED, told
from tests.benchmarks.machines import Addresses
from tests.benchmarks.ours.connections import opened_bus


async def fill(
    at: Addresses,
    events: int,
    first: int = 0,
    of: int = 0,
    seed: int = SEED,
    municipality: str = "0101",
    with_ids: bool = True,
) -> dict[str, Any]:
    """Put so many events on the bus, made while they are sent, so that no more than a batch of them is held.

    Without ids the broker has none to remember, which for millions of events is gigabytes.
    """
    used = time.process_time()
    count = 0
    waiting: list[tuple[str, bytes, str | None]] = []
    async with opened_bus(at) as bus:
        for event in told(events, first=first, of=of, seed=seed, municipality=municipality):
            waiting.append((event.subject, event.body, event.id if with_ids else None))
            if len(waiting) == BATCH_LIMIT:
                await publish_atomically(bus.client, waiting)
                count, waiting = count + len(waiting), []
        if waiting:
            await publish_atomically(bus.client, waiting)
    if count + len(waiting) != events:
        raise ValueError(f"the jobcenter tells only {count + len(waiting)} events of {events}")
    return {"events": events, "cpu_s": time.process_time() - used}
