"""What a service told of a citizen, or that it cannot tell now; and its days as days."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.desk.sheet import Sheet
from shared.problems import NotFound, Unavailable

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Told:
    """An answer; ``away`` when there is none because the service does not answer."""

    value: Any
    away: bool = False


async def told(sheet: Sheet, service: str, path: str, empty: Any, **asked: Any) -> Told:
    """The answer to a question about a citizen whom intake has shown.

    A service that does not know her yet has nothing of her: her registration is on its way there.
    """
    try:
        return Told(days(await sheet.read(service, path, **asked)))
    except NotFound:
        return Told(empty)
    except Unavailable:
        return Told(empty, away=True)


def days(value: Any) -> Any:
    """An answer with its days and moments as such."""
    if isinstance(value, dict):
        return {name: days(one) for name, one in value.items()}
    if isinstance(value, list):
        return [days(one) for one in value]
    return _read(value) if isinstance(value, str) else value


def _read(text: str) -> Any:
    """A day or a moment; the text itself when it only looks like one."""
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
        return datetime.fromisoformat(text) if MOMENT.fullmatch(text) else text
    except ValueError:
        return text
