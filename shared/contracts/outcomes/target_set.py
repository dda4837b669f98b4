"""The administration set a target."""

from uuid import NAMESPACE_URL, uuid5

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import Label


class TargetSet(Event, service="outcomes", entity="target", classification="public"):
    """The X of a target (T1-T4) for an indicator and a period was set, or set anew."""

    indicator: Label = Field(description="Key of the indicator.", examples=["agreements"])
    period: str = Field(
        pattern=r"^[0-9]{4}(-(Q[1-4]|H[12]|0[1-9]|1[0-2]))?$",
        description="Year, half, quarter or month.",
        examples=["2026", "2026-Q1"],
    )
    value: float = Field(ge=0, le=1_000_000_000, description="The target X.")

    @property
    def entity_id(self) -> str:
        """A target is known by municipality, indicator and period; its id is computed from them."""
        return str(uuid5(NAMESPACE_URL, f"loeft:target:{self.municipality}:{self.indicator}:{self.period}"))

    @classmethod
    def example(cls) -> "TargetSet":
        return cls.model_validate(
            {
                "municipality": "0101",
                "indicator": "mikrosprint_job",
                "period": "2026",
                "value": 120,
            },
        )
