"""One figure as outcomes publishes it."""

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """Frozen, and blind to fields that a later version adds."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Figure(Part):
    """One figure. ``so_far`` includes those whose time is not up; numerator and denominator do not.

    ``target`` is the X that the administration set; ``split`` and ``split_so_far`` tell moved_on's numerator and so-far
    count by kind; ``flexjob`` counts flexjobs, which are not in the figure's own numbers.
    """

    indicator: str
    dimensions: dict[str, str | None] = Field(default_factory=dict)
    stage: str | None = None
    window: int | None = None
    so_far: int = 0
    numerator: int = 0
    denominator: float | None = None
    target: float | None = None
    split: dict[str, int] = Field(default_factory=dict)
    split_so_far: dict[str, int] = Field(default_factory=dict)
    flexjob: dict[str, int] = Field(default_factory=dict)
    definition: str = ""
