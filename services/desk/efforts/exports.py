"""Figures as files: what outcomes makes is passed on as it is, with its name and its mark of internal use."""

import json

from fastapi import Request
from starlette.responses import Response

from services.desk.door.access import router
from services.desk.door.callers import OfFiguresOrAnalyst
from services.desk.efforts.where import SheetOfFile
from shared.problems import NotFound

api = router()
FORMATS = {"csv": "CSV", "xlsx": "Excel", "parquet": "Parquet"}
PASSED_ON = ("content-type", "content-disposition", "etag")
ASKED = ("as_of", "by", "window", "known")


@api.get("/tal/{indicator}.{written_as}")
async def download_figures(
    indicator: str, written_as: str, request: Request, reader: OfFiguresOrAnalyst, sheet: SheetOfFile
) -> Response:
    """The figures of an indicator as a file, for the question in the query."""
    if written_as not in FORMATS:
        raise NotFound("page-unknown", "There is no such file")
    question = {name: request.query_params.get(name) for name in ASKED}
    made = await sheet.calls.file("outcomes", "/effect", indicator=indicator, format=written_as, **question)
    kept = {name: made.headers[name] for name in PASSED_ON if name in made.headers}
    return Response(made.content, headers=kept | {"Cache-Control": "no-store"})


@api.get("/tal/{indicator}/datakontrakt")
async def show_data_contract(
    indicator: str, request: Request, reader: OfFiguresOrAnalyst, sheet: SheetOfFile
) -> Response:
    """The data contract of the same file as CSV: its columns, their meaning, its definition and its checksum."""
    question = {name: request.query_params.get(name) for name in ASKED}
    made = await sheet.calls.file("outcomes", "/effect/contract", indicator=indicator, format="csv", **question)
    told = made.json()
    name = str(told["resources"][0]["path"]).removesuffix(".csv")
    return Response(
        json.dumps(told, ensure_ascii=False, indent=2),
        media_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-datakontrakt.json"',
            "Cache-Control": "no-store",
        },
    )
