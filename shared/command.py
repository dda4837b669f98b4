"""What a caller may ask of a service: the base of every command's body."""

from pydantic import BaseModel, ConfigDict

from shared.moment import Happened


class Command(BaseModel):
    """A request body. The municipality is the caller's, never in it; an unknown field is an error, lest it be lost.

    A text is taken without the blanks around it, so that a name of blanks is none.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True, str_strip_whitespace=True
    )

    happened: Happened = None
