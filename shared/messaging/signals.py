"""Signals: a word on the bus that something may have changed, so that an open page looks again.

A signal is no event: it says nothing, it is stored nowhere, and nobody may rest a decision on it. It is for what is no
event yet (somebody waits at a workshop), where the stream has nothing to tell. It goes out after the commit; if the
broker is away it is lost, and pages look again by themselves when the broker is back.
"""

from uuid import UUID

import structlog
from nats.errors import Error as NatsError

from shared.messaging.bus import Bus

log = structlog.get_logger(__name__)

SIGNALS = "sig.*.*"


async def signal(bus: Bus, municipality: str, topic: UUID) -> None:
    """Let open pages about the topic look again."""
    if not bus.connected:
        return
    try:
        await bus.client.publish(f"sig.{municipality}.{topic}", b"")
    except (NatsError, OSError) as failure:
        log.info("signal-lost", error=type(failure).__name__)


def heard(subject: str) -> tuple[str, str]:
    """The municipality and the topic of a signal."""
    _, municipality, topic = subject.split(".")
    return municipality, topic
