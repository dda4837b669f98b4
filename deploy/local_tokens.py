"""The token issuer of the embedded stack, over HTTP: for trying the APIs on one's own machine, and for nothing else."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from shared.settings import Settings
from shared.web import Role
from shared.web.tokens import LocalIssuer, verifier_of


class TokenRequest(BaseModel):
    """For whom a token is wanted."""

    roles: list[Role] = Field(min_length=1, examples=[["caseworker"]])
    municipalities: list[Annotated[str, Field(pattern="^[0-9]{4}$")]] = Field(min_length=1, examples=[["0101"]])
    unit: str | None = Field(default=None, max_length=60, description="The caller's own unit (afdeling), if any.")
    subject: str = Field(default="local-user", pattern=r"^[a-z0-9-]{1,40}$")


class Token(BaseModel):
    """A token for ``Authorization: Bearer …``, and how long it holds."""

    access_token: str
    token_type: str = "Bearer"
    expires_in: int


def local_tokens(settings: Settings) -> APIRouter:
    """``POST /local/token``, where the local issuer is in use; nothing elsewhere."""
    router = APIRouter()
    issuer = verifier_of(settings)
    if settings.profile != "embedded" or not isinstance(issuer, LocalIssuer):
        return router

    @router.post("/local/token", tags=["local"])
    async def issue(wanted: TokenRequest) -> Token:
        """A token of the local issuer: production refuses it."""
        token = issuer.issue(wanted.subject, wanted.roles, wanted.municipalities, unit=wanted.unit, minutes=60)
        return Token(access_token=token, expires_in=3600)

    return router
