"""For whom an effort works: its figures target group by target group. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.desk.outcome import Outcome
from services.desk.share import Share
from services.desk.target_group import target_group


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One target group: ``jobs`` so far, and the shares of those whose time is up."""

    name: str
    people: int
    """Participations whose time is up."""
    jobs: int
    job: Share | None
    moved_on: Share | None


def groups(by_code: Mapping[str | None, Outcome], on: date) -> tuple[GroupRow, ...]:
    """A row for each group, by its number in the statute; whose group is unknown stands last."""
    return tuple(_row(code, by_code[code], on) for code in sorted(by_code, key=_place))


def _place(code: str | None) -> tuple[bool, int, str]:
    return code is None, int(code) if code and code.isdecimal() else 0, code or ""


def _row(code: str | None, row: Outcome, on: date) -> GroupRow:
    return GroupRow(
        target_group(code, on),
        int(row.denominator or 0),
        row.split_so_far.get("ordinary", 0),
        Share.of(row.split.get("ordinary", 0), row.denominator),
        Share.of(row.numerator, row.denominator),
    )
