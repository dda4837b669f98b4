"""A table: typed, explained columns and rows, before anybody has decided how it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["text", "integer", "number", "day", "boolean"]
Value = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``title`` and ``meaning`` are Danish; ``codes`` names the values of a closed list."""

    name: str
    kind: Kind
    title: str
    meaning: str
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; each row has one value for each column, of the column's kind or None."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
