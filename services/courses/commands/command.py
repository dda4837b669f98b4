"""The base of every command. The municipality is the caller's, never in a body."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.vocabulary import Reason
from shared.moment import Happened


class Command(BaseModel):
    """A request body; an unknown field is an error, for it would be silently lost."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)

    happened: Happened = None


class Because(Command):
    """Do it, and say why."""

    reason: Annotated[Reason | None, Field(examples=["Too few wanted it"])] = None
