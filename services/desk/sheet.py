"""One page while it is made for one caller: what it reads and sends, what was typed into it, and its HTML.

A handler reads like this: ask, lay out, answer. A command answers with *done*, which leads to a page by GET, or shows
the page again with the problem above it and what was typed still in place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID, uuid4

from fastapi import Depends
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.requests import Request
from starlette.responses import Response

from services.desk import render, words
from services.desk.door.access import READING, Admitted
from services.desk.door.doorman import Caller
from services.desk.frame import frame_of
from services.desk.services import Calls
from shared.problems import Problem


class Sheet:
    """One page for one caller. ``sent`` is what came with a form; empty for a page that is only looked at."""

    def __init__(self, request: Request, caller: Caller, fields: Mapping[str, list[str]]) -> None:
        self._request, self._caller, self._fields = request, caller, fields
        self.sent: Mapping[str, str] = {name: values[-1] for name, values in fields.items()}
        self.calls = self._calls()
        self.frame = frame_of(request, caller)
        self._after = request.app.state.changes.position  # before anything is read
        self.once = uuid4()
        """Of the forms on this page: whoever sends one twice has its effect once."""

    @property
    def municipality(self) -> str:
        """The one that the caller acts for."""
        return self._caller.principal.municipality

    @property
    def municipalities(self) -> tuple[str, ...]:
        """All that the caller may act for."""
        return self._caller.principal.municipalities

    def act_for(self, municipality: str) -> None:
        """From now on the page is one of this municipality. Raises Forbidden when it is none of the caller's."""
        self._caller = replace(self._caller, principal=self._caller.principal.acting_for(municipality))
        self.calls = self._calls()

    def _calls(self) -> Calls:
        page = f"desk: {self._request.scope['route'].name}"
        return Calls(self._request.app.state.services, self._caller, page, _once(self.sent))

    @property
    def unit(self) -> str | None:
        """The caller's own unit, if she belongs to one."""
        return self._caller.principal.unit

    @property
    def roles(self) -> frozenset[str]:
        """The caller's roles, as templates ask for them: ``'manager' in sheet.roles``."""
        return frozenset(role.value for role in self._caller.principal.roles)

    def whole(self, name: str) -> int:
        """The whole number in a field: what a form was made from (``version``), or a choice; 0 for anything else."""
        text = self.sent.get(name, "")
        return int(text) if text.isdecimal() else 0

    async def read(self, service: str, path: str, **asked: Any) -> Any:
        """What a service tells the caller."""
        return await self.calls.read(service, path, **asked)

    async def send(self, service: str, path: str, body: Mapping[str, Any] | None = None, **how: Any) -> Any:
        """A command of the caller's."""
        return await self.calls.send(service, path, body, **how)

    def chosen(self, name: str) -> list[str]:
        """All values of a field that may be there several times."""
        return self._fields.get(name, [])

    def html(
        self, template: str, *, about: Iterable[object] = (), problem: Problem | None = None, **values: Any
    ) -> Response:
        """The page. ``about``: ids, or names of services, whose events make an open copy of it look again."""
        body = render.sheet(
            template,
            sheet=self,
            frame=self.frame,
            live_url=self._live_url(about),
            said=words.SAID.get(self._request.query_params.get("sagt", ""), ""),
            refused=words.refusal(problem, template.partition("/")[0]) if problem else "",
            errors=_fields_of(problem) if problem else set(),
            **values,
        )
        return HTMLResponse(body, problem.status if problem else 200, headers={"Cache-Control": "no-store"})

    def _live_url(self, about: Iterable[object]) -> str:
        """What tells a page when to look again; none for one that came of a form: it has no address to fetch."""
        topics = quote(",".join(str(topic) for topic in about))
        if not topics or self._request.method != "GET":
            return ""
        return f"{self.frame.root}/changes?about={topics}&after={self._after}"

    def go(self, path: str) -> Response:
        """On to a page of ours that says by itself what was done. ``path`` is below the desk's root."""
        return RedirectResponse(f"{self.frame.root}{path}", 303)

    def done(self, path: str, said: str) -> Response:
        """On to a page of ours that says what was done. ``path`` is below the desk's root."""
        assert said in words.SAID, f"{said} is not in words.SAID"
        path, _, fragment = path.partition("#")
        address = f"{self.frame.root}{path}{'&' if '?' in path else '?'}sagt={said}"
        return RedirectResponse(f"{address}#{fragment}" if fragment else address, 303)


async def _sheet(request: Request, caller: Admitted) -> Sheet:
    fields: dict[str, list[str]] = {}
    if request.method not in READING:
        for name, value in (await request.form()).multi_items():
            if isinstance(value, str):
                fields.setdefault(name, []).append(value.strip())
    return Sheet(request, caller, fields)


TheSheet = Annotated[Sheet, Depends(_sheet)]


def _once(sent: Mapping[str, str]) -> UUID | None:
    try:
        return UUID(sent.get("once", ""))
    except ValueError:
        return None


def _fields_of(problem: Problem) -> set[str]:
    """The fields that a service could not read."""
    return {str(error["field"]).rpartition(".")[2] for error in problem.members.get("errors", ())}
