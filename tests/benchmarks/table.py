"""The table that is printed, and how a pair is measured."""

import json
import operator
import re
import statistics
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROUNDS = 3
SPREAD = 1.6
TRIES = 2
GROWTH = 1.1
"""The most that the time of a rebuild may grow for every time the events grow."""
UNGATED = "for comparison"
console = Console(width=170)


@dataclass
class Line:
    """One row of the table: ours, what it stands beside, their ratio and the gate."""

    what: str
    ours: str
    beside: str = ""
    ratio: str = ""
    gate: str = UNGATED
    held: bool = True
    note: str = ""

    @property
    def mark(self) -> str:
        """What became of the gate."""
        return "" if self.gate == UNGATED else "held" if self.held else "MISSED"


@dataclass
class Bench:
    """What was measured so far."""

    lines: list[Line] = field(default_factory=list)
    raw: dict[str, Any] = field(default_factory=dict)

    def add(self, line: Line) -> None:
        """Keep a row and show it at once."""
        self.lines.append(line)
        parts = [f"ours {line.ours}", line.beside, line.ratio, f"{line.gate} {line.mark}", line.note]
        console.print(f"{line.what}: {'; '.join(part for part in parts if part.strip())}")

    def rates(self, what: str, rates: dict[str, float], beside: str, gate: str = UNGATED, note: str = "") -> None:
        """Add a row of two rates, ours and the one ``beside`` it."""
        ratio = rates["ours"] / rates[beside]
        shown = per_second(rates["ours"]), f"{beside} {per_second(rates[beside])}", f"{times(ratio)} x {beside}"
        self.add(Line(what, *shown, gate, holds(ratio, gate), note))

    def growth(self, what: str, seconds: dict[int, float]) -> None:
        """Add a row of how the time grew from the smallest to the largest number of events."""
        small, large = min(seconds), max(seconds)
        ratio, limit = seconds[large] / seconds[small], GROWTH * large / small
        shown = f"{seconds[large]:.1f} s", f"{seconds[small]:.1f} s", f"{times(ratio)} x the time"
        self.add(Line(f"{what}, {small:,} to {large:,}", *shown, f"<= {limit:.0f} x", ratio <= limit))

    def report(self, title: str, raw: Path | None) -> bool:
        """Print all rows, write every figure to ``raw``; whether every gate held."""
        table = Table("what", "ours", "beside", "ratio", "gate", "", "note", title=title)
        for line in self.lines:
            table.add_row(line.what, line.ours, line.beside, line.ratio, line.gate, line.mark, line.note)
        console.print(table)
        if raw is not None:
            raw.write_text(json.dumps(self.raw, indent=1), encoding="utf-8")
        return all(line.held for line in self.lines)


def holds(value: float, gate: str) -> bool:
    """Whether a value keeps to a gate, which begins with what it must be: ``>= 3 x N``, ``<= 1/40 …``, ``< 50 ms``.

    Raises ValueError for a gate that says no such thing.
    """
    if gate == UNGATED:
        return True
    said = re.match(r"(<|<=|>=) ([\d,.]+)(?:/(\d+))?", gate)
    if said is None:
        raise ValueError(f"{gate!r} does not begin with a limit")
    compare = {"<": operator.lt, "<=": operator.le, ">=": operator.ge}[said[1]]
    return bool(compare(value, float(said[2].replace(",", "")) / float(said[3] or 1)))


def per_second(rate: float) -> str:
    """A rate as it is printed."""
    return f"{rate:,.0f}/s"


def times(ratio: float) -> str:
    """A ratio as it is printed: with two digits at least."""
    return f"{ratio:.2f}" if ratio < 1 else f"{ratio:.1f}" if ratio < 100 else f"{ratio:.0f}"


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
