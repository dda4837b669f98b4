"""JSON lines on standard output: one a command, an event, a reaction. Never a body, a name or a CPR number.

``structlog`` and the standard library's loggers (uvicorn, alembic, FastStream) come out in the same form.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# not inside a longer word: ids are random, and one in some thousands has ten such digits in a row
CPR = re.compile(r"(?<![^\W_])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[-\s]?\d{4}(?![^\W_])")


def without_cpr(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hide whatever looks like a CPR number, wherever it slipped in."""
    for name, value in event.items():
        if isinstance(value, str) and CPR.search(value):
            event[name] = CPR.sub("[cpr]", value)
    return event


def configure(level: str = "INFO", *, readable: bool = False) -> None:
    """Set up logging for this process; ``readable`` gives lines for a person instead of JSON."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_cpr,
    ]
    renderer = structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in ("uvicorn.access", "httpx", "httpcore"):  # we log each command ourselves, without query strings
        logging.getLogger(name).setLevel(logging.WARNING)
