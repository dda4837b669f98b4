"""A command that may say why."""

from typing import Annotated

from pydantic import Field

from shared.command import Command
from shared.contracts.vocabulary import Reason


class Because(Command):
    """Do it, and say why."""

    reason: Annotated[Reason | None, Field(examples=["Too few wanted it"])] = None
