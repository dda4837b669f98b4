"""What callers may ask of gaps."""

from uuid import UUID

from pydantic import Field

from shared.command import Command


class FindGap(Command):
    """Hold a citizen's newest measurements against a job profile."""

    profile_id: UUID = Field(description="Id of the job profile.", examples=["018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c09"])
