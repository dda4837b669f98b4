"""What callers may ask of a test session: staff who offer it, and the citizen who sits it by her link."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from services.assessment.rules.entry import TestDevice, TestLanguage
from services.assessment.rules.session import Session
from services.assessment.rules.sitting import Act
from shared.command import Command
from shared.contracts.vocabulary import Reason, TestPurpose, Text, without_cpr
from shared.moment import moment
from shared.persistence import Transaction
from shared.problems import Refused
from shared.web import Principal

Name = Annotated[Text, Field(max_length=50)]
Typed = Annotated[Text, Field(max_length=500)]
Several = Annotated[list[Name], Field(max_length=20)]
State = Annotated[dict[Name, bool | Typed | Several | None], Field(max_length=20)]
Ease = Annotated[Literal["fine", "difficult"], Field(examples=["fine"])]
Device = Annotated[TestDevice, Field(description="What the test is taken on.", examples=["phone"])]
Question = Annotated[int, Field(ge=1, le=500, description="The number of the question that is meant.", examples=[1])]
Accessible = Annotated[
    bool | None,
    Field(description="Whether the citizen needs items that everyone can answer with any aid. Kept for her next test."),
]


class OfferTest(Command):
    """Offer a citizen a test."""

    purpose: Annotated[TestPurpose, Field(examples=["entry"])]
    profile_id: UUID | None = Field(default=None, description="Job profile, with purpose `job`.")
    assisted: bool = Field(default=False, description="Whether an eMentor sits beside the citizen.")
    accessible: Accessible = None


class BeginTest(Command):
    """Begin: the two questions that come first, and what the test is taken on."""

    reading: Annotated[Ease, Field(description="Reading a short text, with the aids that she usually uses.")]
    danish: Annotated[Ease, Field(description="Understanding questions in Danish.")]
    device: Device
    language: Annotated[
        TestLanguage, Field(description="In which language she reads the questions: items may be harder in one.")
    ] = "da"
    accessible: Accessible = None


class AnswerQuestion(Command):
    """Answer the question that stands."""

    question: Question
    response: Typed | Several | State | None = Field(
        description="An option, several, options by prompt, a text, or the state of the small screen; null says "
        "*I don't know*, which counts as not right.",
        examples=["a"],
    )
    alone: bool | None = Field(default=None, description="Assisted tests only: done without help?")


class SkipQuestion(Command):
    """Pass over the question that stands."""

    question: Question


class ResumeTest(Command):
    """Go on with a test, here or on another device."""

    device: Annotated[TestDevice | None, Field(description="What it goes on, if that is another one.")] = None


class PauseTest(Command):
    """Take a break."""


class AbandonTest(Command):
    """Stop for good."""


class AbortTest(Command):
    """Tell that the test was broken off by a fault."""

    reason: Annotated[Reason, Field(min_length=1, examples=["Tabletten gik ud"]), AfterValidator(without_cpr)]


class GiveLink(Command):
    """Give the citizen a link to her test."""

    replace: bool = Field(default=False, description="Links that were given out before hold no more.")


def act(command: Command, tx: Transaction, caller: Principal, session: Session | None = None) -> Act:
    """When a step is taken and by whom. Refused when a citizen tells another time than now: hers is limited.

    A transaction's now is the moment before it waited for the session: it may lie before what happened meanwhile.
    """
    if caller.link is not None and command.happened is not None:
        raise Refused(
            "happened-by-staff-only", "With a link everything happens now", "Leave `happened` out; staff may send it."
        )
    at = moment(command.happened, tx.now).time
    if command.happened is None and session is not None and session.last is not None:
        at = max(at, session.last)
    return Act(at, "citizen" if caller.link else "staff")
