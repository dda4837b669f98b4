"""The interface's own description: OpenAPI as a file and as a page, with nothing fetched from elsewhere."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles

STATIC = Path(__file__).parent / "static"

HEADERS: dict[str, tuple[str, dict[str, Any]]] = {
    "X-Correlation-Id": (
        "Goes into every event that the request makes, and into its answer.",
        {"pattern": "^[A-Za-z0-9._-]{8,64}$"},
    ),
    "Municipality": (
        "Which of your municipalities you act for; the first that your token names, unless told.",
        {"pattern": "^[0-9]{4}$"},
    ),
    "Purpose": ("Why a citizen's data are read, for the access log.", {"maxLength": 200}),
    "Idempotency-Key": (
        "Repeat a request exactly with its key to get its answer again.",
        {"minLength": 1, "maxLength": 200},
    ),
    "Expected-Version": (
        "The version that the command rests on; 409 when another stands.",
        {"pattern": "^[0-9]{1,18}$"},
    ),
}
OF_COMMANDS = ("Idempotency-Key", "Expected-Version")


def headers(reads: bool) -> list[dict[str, Any]]:
    """The headers that a query (``reads``) or a command may carry, as OpenAPI parameters."""
    return [
        {"name": name, "in": "header", "required": False, "description": text, "schema": {"type": "string", **form}}
        for name, (text, form) in HEADERS.items()
        if not (reads and name in OF_COMMANDS)
    ]


def install(app: FastAPI) -> None:
    """Add ``/openapi.json`` and ``/docs`` to an app."""

    async def openapi(request: Request) -> Response:
        document = dict(app.openapi())
        root = request.scope.get("root_path", "")
        if root:
            document["servers"] = [{"url": root}]
        return JSONResponse(document)

    async def docs(request: Request) -> HTMLResponse:
        root = request.scope.get("root_path", "")
        return get_swagger_ui_html(
            openapi_url=f"{root}/openapi.json",
            title=app.title,
            swagger_js_url=f"{root}/docs/static/swagger-ui-bundle.js",
            swagger_css_url=f"{root}/docs/static/swagger-ui.css",
            swagger_favicon_url=f"{root}/docs/static/favicon.svg",
            swagger_ui_parameters={"validatorUrl": None},  # by default another host is asked about the document
        )

    app.add_route("/openapi.json", openapi, methods=["GET"], include_in_schema=False)
    app.mount("/docs/static", StaticFiles(directory=STATIC), name="docs-static")
    app.add_route("/docs", docs, methods=["GET"], include_in_schema=False)
