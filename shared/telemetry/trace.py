"""W3C trace context: one trace from the request through the log, the relay and the bus to the last reaction.

An event keeps the ``traceparent`` of the work that made it; whoever handles the event goes on in the same trace.
"""

import os
import re

_TRACEPARENT = re.compile(r"^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$")


def child(parent: str | None) -> str:
    """A new span in the parent's trace; a new trace when there is no valid parent."""
    match = _TRACEPARENT.match(parent or "")
    trace, flags = (match[1], match[3]) if match and set(match[1]) != {"0"} else (os.urandom(16).hex(), "01")
    return f"00-{trace}-{os.urandom(8).hex()}-{flags}"


def trace_id(traceparent: str | None) -> str | None:
    """The trace's id, for a log line."""
    match = _TRACEPARENT.match(traceparent or "")
    return match[1] if match else None
