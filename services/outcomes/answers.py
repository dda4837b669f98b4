"""What callers are told of what they did. ``version`` is the entity's after it: send it as Expected-Version."""

from uuid import UUID

from pydantic import BaseModel, Field


class Recorded(BaseModel):
    """The base of the answers."""

    version: int = Field(description="The entity's version after this command.")


class CompanyRecorded(Recorded):
    """The company; its version counts its agreements and contacts too."""

    company_id: UUID


class AgreementRecorded(Recorded):
    """The agreement; the version is its company's."""

    agreement_id: UUID
    company_id: UUID


class ContactRecorded(Recorded):
    """The contact; the version is its company's."""

    contact_id: UUID
    company_id: UUID


class OrderRecorded(Recorded):
    """The job order; it has a version of its own."""

    order_id: UUID
    company_id: UUID


class EventRecorded(Recorded):
    """The matchmaking event."""

    event_id: UUID


class MeetingsRecorded(BaseModel):
    """How many meetings of an event were recorded."""

    event_id: UUID
    meetings: int


class PlacementRecorded(Recorded):
    """The placement; the version is its citizen's."""

    placement_id: UUID
    citizen_id: UUID


class TargetRecorded(Recorded):
    """The target that holds now."""

    indicator: str
    period: str
    value: float
