"""The interface's own description: OpenAPI as a file and as a page, with nothing fetched from elsewhere."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles

STATIC = Path(__file__).parent / "static"
PATHS = ("/docs", "/docs/static", "/openapi.json")


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
