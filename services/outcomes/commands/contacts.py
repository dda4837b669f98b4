"""A company asks, and is answered."""

from pydantic import Field

from shared.command import Command
from shared.contracts.vocabulary import Wants
from shared.moment import Instant


class CompanyAsks(Command):
    """The company contacted the jobcenter; ``at`` starts the clock of 24 hours."""

    at: Instant | None = Field(default=None, description="When the company asked, if not now.")
    wants: Wants


class AnswerCompany(Command):
    """The jobcenter answered the company."""

    at: Instant | None = Field(default=None, description="When it was answered, if not now.")
