"""The table that is printed, and how a pair is measured."""

import statistics
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console

ROUNDS = 3
SPREAD = 1.6
TRIES = 2
console = Console(width=150)


@dataclass
class Line:
    """One row of the table: ours, what it stands beside, their ratio and the gate."""

    what: str
    ours: str
    beside: str
    ratio: str
    gate: str
    held: bool
    note: str = ""


@dataclass
class Bench:
    """What was measured so far."""

    lines: list[Line] = field(default_factory=list)
    raw: dict[str, Any] = field(default_factory=dict)

    def add(self, line: Line) -> None:
        """Keep a row and show it at once."""
        self.lines.append(line)
        mark = "held" if line.held else "MISSED"
        console.print(f"{line.what}: ours {line.ours}, {line.beside}; {line.ratio} ({line.gate}: {mark}) {line.note}")


async def in_turns(measures: dict[str, Callable[[], Awaitable[float]]]) -> dict[str, float]:
    """The median of three of each, measured in turns; again when the rounds of one lie too far apart."""
    for attempt in range(TRIES):
        found: dict[str, list[float]] = {name: [] for name in measures}
        for _ in range(ROUNDS):
            for name, measure in measures.items():
                found[name].append(await measure())
        if all(max(values) / min(values) <= SPREAD for values in found.values()) or attempt == TRIES - 1:
            break
        console.print(f"  the rounds lie too far apart, measured again: {found}")
    return {name: statistics.median(values) for name, values in found.items()}
