"""Somebody opened self-service material."""

from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, Device, MaterialKind


class MaterialOpened(Event, service="courses", entity="citizen", classification="personal"):
    """A video, talk or guide was opened. Without a citizen it is an entity of its own."""

    material_id: UUID = Field(description="Id of the material.")
    citizen_id: CitizenId | None = None
    kind: MaterialKind
    device: Device

    @property
    def entity_kind(self) -> str:
        """The citizen's history when the citizen is known, else the material alone."""
        return "material" if self.citizen_id is None else "citizen"

    @classmethod
    def example(cls) -> "MaterialOpened":
        return cls.model_validate(
            {
                "municipality": "0101",
                "material_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0f",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "kind": "video",
                "device": "phone",
            },
        )
