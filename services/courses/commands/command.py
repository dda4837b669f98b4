"""The base of every command. The municipality is the caller's, never in a body."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from shared.contracts.vocabulary import Reason


class Command(BaseModel):
    """A request body; an unknown field is an error, for it would be silently lost."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)

    happened: AwareDatetime | None = Field(
        default=None,
        description="When it happened, if that is not now: for what is told late. Never in the future.",
        examples=["2026-11-20T09:30:00+01:00"],
    )


class Because(Command):
    """Do it, and say why."""

    reason: Annotated[Reason | None, Field(examples=["Too few wanted it"])] = None
