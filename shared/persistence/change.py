"""What an event changes, as one statement: what most appliers are, and all that they are.

A change is pure: it says what is to be written and writes nothing. So it is stored together with its event, in one
round trip instead of two. An event that changes more than one statement can say, or that asks the tables first, has
an applier that is given the transaction.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import cache
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, cast

from shared.contracts.envelope import Envelope
from shared.contracts.event import Event

if TYPE_CHECKING:
    from shared.persistence.transaction import Transaction


class Statement:
    """SQL that writes, with ``$1`` and so on, and what stands in their places."""

    __slots__ = ("arguments", "sql")

    def __init__(self, sql: str, *arguments: object):
        self.sql, self.arguments = sql, arguments


Change = Callable[[Any, datetime], Statement]
"""What an event changes, given the event and when it happened."""
Apply = Callable[["Transaction", Any, Envelope], Awaitable[None]]
"""Writes what an event changes."""
Appliers = Mapping[type[Event], Change | Apply]


@cache
def told_apart(apply: Change | Apply | None) -> tuple[Change | None, Apply | None]:
    """An applier as what it is, the other None: both where nothing is to be written."""
    if apply is None:
        return None, None
    if iscoroutinefunction(apply):
        return None, apply
    return cast(Change, apply), None


@cache
def with_change(storing: str, sql: str) -> str:
    """A statement that stores an event and makes its change; the change's arguments come behind those of the first.

    ``storing`` begins with ``WITH``. All of it sees the tables as they stood when it began: what a change asks for was
    locked by a statement before.
    """
    behind = max(int(number) for number in re.findall(r"\$(\d+)", storing))
    moved = re.sub(r"\$(\d+)", lambda place: f"${int(place[1]) + behind}", sql)
    return storing.replace("WITH ", f"WITH changed AS ({moved}), ", 1)
