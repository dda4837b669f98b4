"""A visit to a digital workshop."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import Autonomy, CitizenId, Device, Label, Shape


class ThemeVisited(Shape):
    """One theme of a visit and how far the citizen managed it herself."""

    theme: Label = Field(description="Code of the theme.", examples=["e-boks", "mitid", "jobnet", "pdf", "upload"])
    autonomy: Autonomy


class WorkshopVisited(Event, service="intake", entity="citizen", classification="personal"):
    """Somebody visited a digital workshop. Anonymous visits carry no citizen and are entities of their own."""

    visit_id: UUID = Field(description="Id of the visit.")
    citizen_id: CitizenId | None = None
    site: Label = Field(description="Where, e.g. the name of the jobcenter or workshop.")
    kind: Literal["drop-in", "workshop"] = Field(description="Open guidance or a themed workshop.")
    online: bool = Field(description="Whether the visit was by video.")
    themes: tuple[ThemeVisited, ...] = Field(max_length=30, description="What the visit was about.")
    minutes: int = Field(ge=0, le=1440, description="Length of the visit in minutes.")
    device: Device

    @property
    def entity_kind(self) -> str:
        """The citizen's history when the citizen is known, else the visit alone."""
        return "visit" if self.citizen_id is None else "citizen"

    @classmethod
    def example(cls) -> "WorkshopVisited":
        return cls.model_validate(
            {
                "municipality": "0101",
                "visit_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0c",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "site": "Jobcenter Gammel Køge Landevej",
                "kind": "drop-in",
                "online": False,
                "themes": [{"theme": "pdf", "autonomy": "partly"}, {"theme": "upload", "autonomy": "alone"}],
                "minutes": 35,
                "device": "phone",
            },
        )
