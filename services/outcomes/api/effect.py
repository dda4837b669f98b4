"""Effect: the figures of an indicator, as of a day and cut by dimensions, as JSON or as a file; and the definitions.

Who works with the citizens (caseworker, eMentor, manager) gets true counts of any day, and files of them that say they
are internal. An analyst, and whoever asks for ``published``, gets what is published as of the last day of a quarter
(``services/outcomes/published.py``).
"""

from dataclasses import asdict, replace
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from starlette.responses import Response

from services.outcomes.asked import Asked
from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.quarters import last_finished
from services.outcomes.exports.contract import sha256
from services.outcomes.exports.file import FORMATS, MEDIA_TYPES, Format
from services.outcomes.exports.package import Package, package
from services.outcomes.projection.at_hand import AtHand
from services.outcomes.projection.projector import Projector
from services.outcomes.published import Answer, published_figures
from shared.clock import danish_day
from shared.problems import Invalid
from shared.settings import Settings
from shared.web import Principal, Role, Tx, allow, router

api = router()
Reader = Annotated[Principal, allow(Role.MANAGER, Role.ANALYST, Role.CASEWORKER, Role.EMENTOR)]
SEE_TRUE_COUNTS = frozenset({Role.CASEWORKER, Role.EMENTOR, Role.MANAGER})
FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The figures: rows as JSON, or a file",
        "content": {media.partition(";")[0]: {} for media in (*MEDIA_TYPES.values(), "application/zip")},
    }
}
Written = Annotated[
    Literal["json"] | Format | None,
    Query(alias="format", description="json, or a file. Where left out, the Accept header may ask for one."),
]


def asked(
    request: Request,
    tx: Tx,
    caller: Reader,
    indicator: Annotated[str, Query(description="Key of the indicator; GET /effect/catalogue lists them.")],
    as_of: Annotated[str, Query(description="The day, e.g. 2026-03-31; today when left out.")] = "",
    by: Annotated[
        str, Query(description="At most two dimensions, with a comma between, e.g. course,target_group.")
    ] = "",
    window: Annotated[int, Query(description="Days after the participation's end in which an outcome counts.")] = 182,
    known: Annotated[
        str, Query(description="Only what had been recorded by the end of this day; all when left out.")
    ] = "",
) -> Asked:
    """The question in the query's parameters."""
    return Asked(
        indicator,
        _day("as_of", as_of) if as_of else danish_day(tx.now),
        tuple(name.strip() for name in by.split(",") if name.strip()),
        window,
        caller.municipality,
        _day("known", known) if known else None,
        _at_hand(request),
    )


def _at_hand(request: Request) -> AtHand | None:
    """What the projector of this process keeps."""
    workers = request.app.state.service.workers
    return next((worker.at_hand for worker in workers if isinstance(worker, Projector)), None)


Question = Annotated[Asked, Depends(asked)]
Outside = Annotated[
    bool,
    Query(
        alias="published",
        description="Only what may be published, as of the last day of a quarter. An analyst gets nothing else.",
    ),
]


@api.get("/effect", response_model=list[dict[str, Any]], responses=FILES)
async def read_effect(
    request: Request,
    tx: Tx,
    caller: Reader,
    question: Question,
    written_as: Written = None,
    contract: Annotated[
        bool, Query(description="With a format: a zip of the file and its data contract, made at the same moment.")
    ] = False,
    published: Outside = False,
) -> Any:
    """The figures of an indicator in your municipality: one for each value of the cut, each with its definition.

    ``so_far`` counts everything up to the day, ``numerator`` and ``denominator`` only what is mature; ``share`` has a
    95 % interval (``low``, ``high``) where people are counted among people. A file of true counts says in its name, in
    every line and in its contract that it is internal.

    For an analyst, and with ``published``, the figures are those of a release, as of the last day of the last quarter
    unless an earlier one is asked for. A row's ``as_of`` is the day as of which it was told, ``as_known`` the day on
    which that was made. Values that would tell of few persons are left out; the whole counts them.
    """
    chosen = written_as or _accepted(request)
    found = await _answer(request, tx, caller, question, published=published)
    if chosen is not None and chosen != "json":
        made = package(found.asked, found.rows, chosen, k=found.smallest_group)
        return _zip(made) if contract else _file(made, request)
    return found.rows


@api.get("/effect/contract")
async def read_contract(
    request: Request,
    tx: Tx,
    caller: Reader,
    question: Question,
    written_as: Written = None,
    published: Outside = False,
) -> dict[str, Any]:
    """The data contract of the file that ``GET /effect`` gives for the same question (CSV when no format is named).

    A Data Package descriptor: columns with type, meaning and codes, rows, sha256, definition with version, as of when.
    """
    file = "csv" if written_as is None or written_as == "json" else written_as
    found = await _answer(request, tx, caller, question, published=published)
    return package(found.asked, found.rows, file, k=found.smallest_group).contract


@api.get("/effect/catalogue")
async def read_catalogue(caller: Reader) -> list[dict[str, Any]]:
    """Every indicator: what is counted among whom, its exclusions, windows, cuts, source and owner."""
    return [asdict(indicator) for indicator in CATALOGUE.values()]


async def _answer(request: Request, tx: Tx, caller: Principal, question: Asked, *, published: bool) -> Answer:
    """True counts for who may see them, else what is published: of the last quarter, where no day was asked for."""
    if caller.roles & SEE_TRUE_COUNTS and not published:
        return Answer(question, await question.figures(tx.connection))
    if not request.query_params.get("as_of"):
        question = replace(question, as_of=last_finished(danish_day(tx.now)))
    return await published_figures(tx.connection, question, k=Settings().smallest_group, now=tx.now)


def _file(made: Package, request: Request) -> Response:
    described = urlencode(
        [*((n, v) for n, v in request.query_params.items() if n != "format"), ("format", made.format)]
    )
    headers = {
        "Content-Disposition": f'attachment; filename="{made.file.name}"',
        "ETag": f'"{sha256(made.file)}"',
        "Link": f'<effect/contract?{described}>; rel="describedby"; type="application/json"',
    }
    return Response(made.file.body, media_type=made.file.media_type, headers=headers)


def _zip(made: Package) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{made.file.name}.zip"'}
    return Response(made.zipped(), media_type="application/zip", headers=headers)


def _accepted(request: Request) -> Format | None:
    """The format that the Accept header names; None for JSON, and where it names none that is offered."""
    wanted = [part.partition(";")[0].strip() for part in request.headers.get("Accept", "").split(",")]
    by_media_type = {MEDIA_TYPES[one].partition(";")[0]: one for one in FORMATS}
    return next((by_media_type[media] for media in wanted if media in by_media_type), None)


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(
            "day-unreadable",
            f"{name} is no day",
            "Write a day as year-month-day, e.g. 2026-03-31.",
            allowed=["YYYY-MM-DD"],
        ) from error
