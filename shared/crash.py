"""Named crash points: where ``make faults`` kills the process, at every step between command and effect.

``LOEFT_CRASH_AT=relay.acked`` ends the process with SIGKILL when it comes there, ``…:3`` at the third time. Nothing is
flushed and nothing cleaned up, as when the power goes.
"""

import os
import signal

POINTS = (
    "command.stored",
    "command.applied",
    "command.before-commit",
    "command.committed",
    "relay.read",
    "relay.published",
    "relay.acked",
    "relay.cursor-saved",
    "reaction.received",
    "reaction.before-commit",
    "reaction.committed",
    "reaction.acked",
    "projector.received",
    "projector.before-commit",
    "projector.committed",
    "projector.published",
)

_name, _, _count = os.environ.get("LOEFT_CRASH_AT", "").partition(":")
_left = int(_count or 1)
if _name and _name not in POINTS:
    raise SystemExit(f"LOEFT_CRASH_AT={_name} is no crash point. Known: {', '.join(POINTS)}")


def point(name: str) -> None:
    """Die here if this is the point that the environment names."""
    global _left  # noqa: PLW0603 - one counter for the one point of this process
    if name != _name:
        return
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
