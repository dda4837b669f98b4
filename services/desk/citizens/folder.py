"""One citizen's page for one caller: shown, and shown again when something that was sent cannot be done."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from services.desk import labels
from services.desk.citizens import codes, layout, units
from services.desk.citizens.next_step import next_step
from services.desk.citizens.person import Elsewhere, person
from services.desk.citizens.story import Stories
from services.desk.citizens.timeline import months
from services.desk.reference import reference
from services.desk.sheet import Sheet, TheSheet
from services.desk.target_group import target_group
from shared import clock
from shared.codelists import target_groups
from shared.problems import Problem

Said = str | Callable[[Any], str]


class Folder:
    """A citizen's folder, opened by one caller."""

    def __init__(self, request: Request, sheet: Sheet, citizen_id: UUID) -> None:
        self.sheet, self.citizen_id = sheet, citizen_id
        self.at = f"/citizens/{citizen_id}"
        """Where the services keep what is about her."""
        self._stories: Stories = request.app.state.stories

    async def page(self, problem: Problem | None = None, opened: str = "") -> Response:
        """Everything about the citizen, where she stands now. ``opened`` is the form that was sent and refused."""
        today = clock.danish_day(clock.now())
        known = await person(self.sheet, self.citizen_id)
        if isinstance(known, Elsewhere):
            return self.sheet.done(f"/borgere/{known.citizen_id}", "lagt-sammen-igen" if problem else "lagt-sammen")
        events = await self._stories.of(self.sheet.municipality, self.citizen_id)
        now = layout.situation(known, today)
        called = layout.names(known)
        return self.sheet.html(
            "citizens/citizen.html",
            about=[self.citizen_id],
            problem=problem,
            opened=opened,
            citizen_id=self.citizen_id,
            reference=reference(self.citizen_id),
            person=known,
            citizen=known.citizen,
            target_group=target_group(known.citizen["target_group"], today),
            target_groups=[(one.code, f"{one.code}. {one.danish}") for one in target_groups.groups_on(today)],
            weeks=layout.weeks(known.citizen["unemployed_since"], today),
            step=next_step(now),
            seats=layout.cohort_choices(now.seats),
            moves=units.moves(units.known(known.units.value, self.sheet.unit), known.citizen["unit"]),
            areas=layout.areas(known.result.value),
            names=called,
            months=None if events is None else months(events, called),
            today=today,
            codes=codes,
            labels=labels,
            layout=layout,
        )

    def typed(self, form: str, *fields: str, flags: tuple[str, ...] = ()) -> dict[str, Any]:
        """What was typed into a form's fields, those that were left empty aside; ``flags`` are its boxes to tick."""
        sent = {name: self.sheet.sent.get(f"{form}_{name}", "") for name in fields}
        body: dict[str, Any] = {name: value for name, value in sent.items() if value}
        return body | {name: f"{form}_{name}" in self.sheet.sent for name in flags}

    async def act(
        self, form: str, service: str, path: str, body: Mapping[str, Any] | None = None, *, said: Said
    ) -> Response:
        """Send what a form asks for; then the page says so, or shows the form again and what is wrong with it."""
        try:
            answer = await self.sheet.send(service, path, body)
        except Problem as problem:
            return await self.refused(problem, form)
        return self.sheet.done(f"/borgere/{self.citizen_id}", said if isinstance(said, str) else said(answer))

    async def refused(self, problem: Problem, form: str) -> Response:
        """The page again, the form open, its wrong fields marked."""
        for error in problem.members.get("errors", ()):
            error["field"] = f"body.{form}_{str(error['field']).rpartition('.')[2]}"
        return await self.page(problem, form)


def _folder(request: Request, sheet: TheSheet, citizen_id: UUID) -> Folder:
    return Folder(request, sheet, citizen_id)


TheFolder = Annotated[Folder, Depends(_folder)]
