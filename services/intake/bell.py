"""Rings for the pages that show who waits at a workshop, once what changed is committed."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import BackgroundTasks, Depends
from starlette.requests import Request

from shared.messaging.signals import signal

if TYPE_CHECKING:
    from shared.web import Principal, Service


class Bell:
    """Of one request."""

    def __init__(self, request: Request, after: BackgroundTasks) -> None:
        self._service: Service = request.app.state.service
        self._caller: Principal = request.state.principal
        self._after = after

    def ring(self, opening_id: UUID) -> None:
        """Tell pages about the opening to look again, after the answer: a refused command rings no bell."""
        assert self._service.bus is not None
        self._after.add_task(signal, self._service.bus, self._caller.municipality, opening_id)


TheBell = Annotated[Bell, Depends(Bell)]
