"""Figures on demand: the cells that the projector keeps, read and counted as of a day. The API and the CLI share it."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.outcomes.effect.catalogue import CATALOGUE, CELLS
from services.outcomes.effect.figures import figures
from services.outcomes.effect.references import References
from services.outcomes.projection.as_known import as_known, changed_since, recorded_by
from services.outcomes.projection.at_hand import AtHand
from services.outcomes.projection.cell_table import cell_from
from services.outcomes.projection.fact_table import reference_facts
from services.outcomes.projection.histories import decoded
from services.outcomes.projection.kept_question import Shape
from shared.moment import end_of
from shared.persistence.connection import Connection
from shared.problems import Invalid

MOST_DIMENSIONS = 2
LONGEST_WINDOW = 3660
"""Days: the longest that a pilot may register, ten years (pilot-opened)."""


async def figures_of(
    connection: Connection,
    *,
    indicator: str,
    as_of: date,
    by: Sequence[str] = (),
    window: int = 182,
    municipality: str | None = None,
    known: date | None = None,
    at_hand: AtHand | None = None,
) -> list[dict[str, Any]]:
    """The figure rows of an indicator at the end of the day ``as_of``, of one municipality or (None) of all.

    ``known`` leaves out everything that was recorded after that Danish day, of targets too; such rows say
    ``"as_known"``.

    ``by`` names at most two dimensions; ``window`` is W in days, for indicators that have one. Targets are those
    of the year of ``as_of``. With ``at_hand`` a question that was asked before, as of any day, is
    not counted again. Raises Invalid, with the allowed values as member ``allowed``.
    """
    check(indicator, by, window)
    targets = await targets_of(connection, indicator, str(as_of.year), municipality, known)
    if at_hand is not None and municipality is not None and known is None:
        shape = Shape(indicator, tuple(by), window, municipality)
        return await at_hand.rows(connection, shape, as_of=as_of, targets=targets)
    found = await figures_by(
        connection,
        [tuple(by)],
        indicator=indicator,
        as_of=as_of,
        window=window,
        municipality=municipality,
        known=known,
        targets=targets,
    )
    return found[tuple(by)]


async def figures_by(
    connection: Connection,
    cuts: Sequence[tuple[str, ...]],
    *,
    indicator: str,
    as_of: date,
    window: int = 182,
    municipality: str | None = None,
    known: date | None = None,
    targets: Mapping[str, float] | None = None,
) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """The same under several cuts, counted of the same cells; nothing is checked or kept at hand."""
    cells = await connection.fetch(
        "SELECT key, n FROM cell WHERE kind = $1 AND ($2::text IS NULL OR municipality = $2)",
        CELLS[indicator],
        municipality,
    )
    references = await reference_facts(connection)
    histories = await changed_since(connection, recorded_by(known)) if known else []

    def count() -> dict[tuple[str, ...], list[dict[str, Any]]]:
        counted_cells = [(cell_from(key), n) for key, n in cells]
        courses = decoded(references)
        if known is not None:
            before = recorded_by(known)
            mine = as_known(counted_cells, histories, before).items()
            counted_cells = [(cell, n) for cell, n in mine if municipality in (None, cell[1])]
            courses = [fact for fact in courses if fact.recorded < before]
        offers = References.of(courses)
        said = {} if known is None else {"as_known": known.isoformat()}
        found = {}
        for by in cuts:
            counted = figures(
                counted_cells, offers, indicator=indicator, as_of=as_of, by=by, window=window, targets=targets
            )
            found[by] = [figure.row() | said for figure in counted]
        return found

    return await asyncio.to_thread(count)  # many cells take a while, and commands share this loop


async def all_targets(connection: Connection, period: str, municipality: str) -> dict[str, dict[str, float]]:
    """The targets X of a municipality in a period: by indicator, by municipality code."""
    rows = await connection.fetch(
        "SELECT indicator, value FROM target WHERE period = $1 AND municipality = $2", period, municipality
    )
    return {row["indicator"]: {municipality: row["value"]} for row in rows}


async def targets_of(
    connection: Connection, indicator: str, period: str, municipality: str | None = None, known: date | None = None
) -> dict[str, float]:
    """The target X of an indicator in a period, by municipality code: the value last set, or last set by ``known``."""
    rows = await connection.fetch(
        "SELECT DISTINCT ON (municipality) municipality, value FROM target_setting"
        " WHERE indicator = $1 AND period = $2 AND ($3::text IS NULL OR municipality = $3)"
        " AND ($4::timestamptz IS NULL OR recorded < $4) ORDER BY municipality, sequence DESC",
        indicator,
        period,
        municipality,
        known and end_of(known),
    )
    return {row["municipality"]: row["value"] for row in rows}


def check(indicator: str, by: Sequence[str], window: int) -> None:
    """Raise Invalid, with the allowed values, when there is no such indicator, cut or window."""
    if indicator not in CATALOGUE:
        raise Invalid(
            "indicator-unknown",
            f"No indicator is called {indicator!r}",
            f"There are {', '.join(CATALOGUE)}.",
            allowed=list(CATALOGUE),
        )
    dimensions = CATALOGUE[indicator].dimensions
    if len(by) > MOST_DIMENSIONS or len(set(by)) < len(by) or not set(by) <= set(dimensions):
        raise Invalid(
            "cut-unknown",
            f"{indicator} cannot be cut by {', '.join(by)}",
            f"Give at most {MOST_DIMENSIONS} different ones of {', '.join(dimensions)}.",
            allowed=list(dimensions),
        )
    if not 0 <= window <= LONGEST_WINDOW:
        raise Invalid(
            "window-unknown",
            f"A window is a whole number of days from 0 to {LONGEST_WINDOW}",
            f"Usual ones are {', '.join(map(str, CATALOGUE[indicator].windows)) or 'none for this indicator'}.",
            allowed=list(CATALOGUE[indicator].windows),
        )
