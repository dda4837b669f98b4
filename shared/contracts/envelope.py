"""The envelope: CloudEvents 1.0 attributes around one event (see docs/integration.md, *Envelope*).

One shape everywhere: on the bus, in JSONL files, in webhooks and exports. ``shared/messaging/cloudevents.py`` is the
one place that turns it into bytes and back.
"""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.event import Classification
from shared.contracts.instant import Instant


class Envelope(BaseModel):
    """One event with its attributes. ``data`` is the raw payload; ``shared.contracts.registry.payload`` reads it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: UUID
    source: Annotated[str, Field(pattern=r"^/loeft/[0-9]{4}/[a-z-]+$")]
    type: Annotated[str, Field(pattern=r"^dk\.loeft\.[a-z-]+\.[a-z-]+\.v[0-9]+$")]
    subject: Annotated[str, Field(pattern=r"^[a-z-]+/[0-9A-Za-z_-]+$")]
    time: Instant = Field(description="When it happened (UTC).")
    recordedtime: Instant = Field(description="When we learnt it (UTC).")
    sequence: Annotated[int, Field(ge=1, description="Version of the entity in its service: 1, 2, 3 … without gap.")]
    correlationid: str | None = None
    causationid: str | None = None
    dataschema: str | None = None
    dataclassification: Classification
    traceparent: str | None = None
    data: dict[str, Any]

    @property
    def municipality(self) -> str:
        """Municipality code, from the source."""
        return self.source.split("/")[2]

    @property
    def service(self) -> str:
        """The producing service, from the source."""
        return self.source.split("/")[3]

    @property
    def name(self) -> str:
        """The event's name without service and version, e.g. ``citizen-registered``."""
        return self.type.split(".")[3]
