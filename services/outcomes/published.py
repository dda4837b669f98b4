"""Published figures: the rows of an answer as they may leave those who work with the citizens.

The one place where figures meet ``effect/suppression.py``. An answer is protected together with its margins (the whole,
and each dimension by itself), for a reader may ask for those beside it. Where that would need a margin hidden which is
shown to who asks for it alone, the finer answer is refused: already which of its rows are there would tell too much.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from services.outcomes.asked import Asked
from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.release import Protected, Table, masked
from services.outcomes.effect.stages import ENDED, STAGES
from services.outcomes.effect.suppression import protect
from shared.persistence.connection import Connection
from shared.problems import Refused

Row = Mapping[str, Any]
Cut = tuple[str, ...]

OF_COMPANIES = frozenset({"agreements", "service_goal"})
"""They count companies and their contacts, not persons: nothing of them is hidden."""
FUNNEL = "funnel"
KEPT = frozenset({
    "indicator", "dimensions", "window", "as_of", "so_far", "numerator", "denominator", "share", "low", "high",
    "definition", "definition_version", "as_known", "target", "stage", "of_previous", "split", "split_so_far",
    "flexjob", "after_months", "after_days",
})  # fmt: skip
"""What a published row may carry. Whatever else an indicator has (a curve by day) is for internal use."""


async def published_figures(connection: Connection, asked: Asked, *, k: int) -> list[dict[str, Any]]:
    """The figure rows of an answer, each with ``suppressed``; what tells of fewer than ``k`` persons is None.

    Raises Invalid as ``figures_of`` does, and Refused when the cut is too fine to be published.
    """
    rows = [{name: row[name] for name in row if name in KEPT} for row in await asked.figures(connection)]
    if asked.indicator in OF_COMPANIES:
        return [row | {"suppressed": False} for row in rows]
    margins = [await replace(asked, by=cut).figures(connection) for cut in margins_of(asked.by)]
    return await asyncio.to_thread(protected, rows, asked.by, margins, k)


def margins_of(by: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The cuts that a reader may lay beside this one: the whole first, then each dimension by itself."""
    if not by:
        return []
    return [(), *((name,) for name in sorted(by))] if len(by) > 1 else [()]


def protected(
    rows: Sequence[Row], by: tuple[str, ...], margins: Sequence[Sequence[Row]], k: int
) -> list[dict[str, Any]]:
    """The rows with what must be hidden taken out. ``margins`` are the true rows of ``margins_of(by)``.

    Raises Refused when the cut is too fine to be shown beside its margins.
    """
    cuts = {**dict(zip(margins_of(by), margins, strict=True)), by: rows}
    tables = {cut: table_of(cuts[cut], cut) for cut in cuts}
    tables = {cut: replace(tables[cut], overlapping=_overlapping(cut, tables)) for cut in tables}
    release = protect(list(tables.values()), k=k)
    if not all(_shows_no_less(release, _alone(cut, tables, k), tables[cut]) for cut in cuts if cut != by):
        raise Refused(
            "cut-too-fine",
            f"Figures by {' and '.join(by)} would tell of few persons",
            "Ask by one dimension, or for a whole: what is published of those would give hidden rows away.",
        )
    hidden = {
        (_key(row, by), _stage(row)) for row in rows if release.hides(tables[by].name, _key(row, by), _stage(row))
    }
    told = {(_key(row, by), row["so_far"]) for row in rows if (_key(row, by), _stage(row)) in hidden}
    shown = []
    for row in rows:
        key, stage = _key(row, by), _stage(row)
        before = stage is not None and (key, _before(stage)) in hidden
        published = masked(row, hidden=(key, stage) in hidden, previous_hidden=before)
        # every stage of a funnel tells how many its first one has
        if stage is not None and (key, row["denominator"]) in told:
            published |= dict.fromkeys(("denominator", "share", "low", "high"))
        shown.append(published)
    return shown


def table_of(rows: Sequence[Row], by: Cut) -> Table:
    """The counts of persons in the figure rows of one cut, as ``protect`` takes them.

    A funnel's stages are shown or hidden each by itself. All rows of another indicator at the same dimension values (a
    row for each status, or each number of months) are shown or hidden together.
    """
    cells: dict[tuple[str | None, ...], dict[str, int]] = {}
    among: set[tuple[str, tuple[str, ...]]] = set()
    for row in rows:
        cell = cells.setdefault(_key(row, by), {})
        if row["indicator"] == FUNNEL:
            cell[row["stage"]] = row["so_far"]
            continue
        counts = _counts(
            row, "/".join(str(row[name]) for name in ("stage", "after_months", "after_days") if name in row)
        )
        cell |= counts
        among |= _among(counts)
    ends = sorted({name for cell in cells.values() for name in cell if name == "completed" or name.startswith(ENDED)})
    among.update(("started", (end,)) for end in ends)
    among.update([("started", tuple(ends))] if len(ends) > 1 else [])
    nested = tuple(sorted(one for one in among if all(_holds(one, cell) for cell in cells.values())))
    apart = bool(rows) and rows[0]["indicator"] == FUNNEL
    return Table("+".join(by) or "whole", by, cells, nested, apart=apart)


def _overlapping(cut: Cut, tables: Mapping[Cut, Table]) -> frozenset[str]:
    """The dimensions of a cut over which its counts do not add up to the margin: who is in several counts in each."""
    found = set()
    for place, dimension in enumerate(cut):
        margin = tables.get(cut[:place] + cut[place + 1 :])
        if margin is None:
            continue
        sums: dict[tuple[str | None, ...], dict[str, int]] = {}
        for key, cell in tables[cut].cells.items():
            of_margin = sums.setdefault(key[:place] + key[place + 1 :], {})
            for name, count in cell.items():
                of_margin[name] = of_margin.get(name, 0) + count
        if any(sums.get(key, {}).get(name, 0) != n for key, cell in margin.cells.items() for name, n in cell.items()):
            found.add(dimension)
    return frozenset(found)


def _alone(cut: Cut, tables: Mapping[Cut, Table], k: int) -> Protected:
    """A margin as it is protected when it is asked for by itself."""
    return protect([tables[one] for one in (*margins_of(cut), cut)], k=k)


def _shows_no_less(release: Protected, alone: Protected, margin: Table) -> bool:
    """Whether every row of the margin that is shown alone may be shown beside the finer answer, too."""
    return all(row in alone.reasons for row in release.reasons if row.table == margin.name)


def _key(row: Row, by: Cut) -> tuple[str | None, ...]:
    return tuple(row["dimensions"][name] for name in by)


def _stage(row: Row) -> str | None:
    """The stage that is hidden by itself; other indicators' rows go together."""
    return row["stage"] if row["indicator"] == FUNNEL else None


def _counts(row: Row, of: str) -> dict[str, int]:
    """Every count of persons in a row; a target X is none."""
    fields = ["so_far", "numerator"]
    if not CATALOGUE[row["indicator"]].denominator.startswith("Måltallet"):
        fields.append("denominator")
    counts = {f"{of}.{name}": row[name] for name in fields}
    for nest in ("split", "split_so_far", "flexjob"):
        counts |= {f"{of}.{nest}.{part}": value for part, value in row.get(nest, {}).items()}
    return {name: count for name, count in counts.items() if isinstance(count, int)}


def _among(counts: Mapping[str, int]) -> set[tuple[str, tuple[str, ...]]]:
    """Which counts of a row are among which."""
    of = next(iter(counts)).partition(".")[0]
    parts = {
        whole: tuple(name for name in counts if name.startswith(start))
        for whole, start in (
            (f"{of}.denominator", f"{of}.numerator"),
            (f"{of}.numerator", f"{of}.split."),
            (f"{of}.so_far", f"{of}.split_so_far."),
        )
    }
    return {(whole, those) for whole, those in parts.items() if those and whole in counts}


def _holds(nest: tuple[str, tuple[str, ...]], cell: Mapping[str, int]) -> bool:
    whole, parts = nest
    return sum(cell.get(part, 0) for part in parts) <= cell.get(whole, 0)


def _before(stage: str) -> str | None:
    """The stage before; for an end reason, the start."""
    if stage.startswith(ENDED):
        return "started"
    place = STAGES.index(stage)
    return STAGES[place - 1] if place else None
