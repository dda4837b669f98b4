"""What callers may ask about invitations."""

from typing import Annotated

from pydantic import Field

from shared.command import Command
from shared.contracts.vocabulary import CitizenId, InvitationAnswer, Reason

Citizens = Annotated[
    tuple[CitizenId, ...],
    Field(
        min_length=1,
        max_length=1000,
        description="One or many citizens.",
        examples=[["018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01"]],
    ),
]


class NameCitizens(Command):
    """Identify or invite these citizens."""

    citizen_ids: Citizens


class AnswerInvitation(Command):
    """Record the citizen's answer."""

    answer: Annotated[InvitationAnswer, Field(examples=["accepted"])]
    reason: Annotated[Reason | None, Field(description="Why, if the citizen said so.")] = None
