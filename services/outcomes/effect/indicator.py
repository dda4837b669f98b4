"""An indicator: one row of the catalogue, the definition that stands beside its figures."""

from dataclasses import dataclass

DIMENSIONS = (
    "municipality",
    "course",
    "course_kind",
    "provider",
    "learning_method",
    "target_group",
    "education_level",
    "timing",
    "cohort",
    "start_month",
)
"""What figures of participations can be cut by."""
WINDOWS = (30, 91, 182, 365)
"""Standard windows: days after a participation's end in which an outcome counts. Any other can be asked for."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted, among whom, and why; ``version`` rises when the meaning changes.

    Texts are Danish, for the screen, but where the name ends in ``_en``.
    """

    key: str
    version: int
    title_da: str
    title_en: str
    definition_da: str
    definition_en: str
    numerator: str
    denominator: str
    exclusions: str
    windows: tuple[int, ...]
    """Empty when the indicator has no window to choose."""
    maturity: str
    source: str
    """Targets (T), systems (S) and recommendations (R) of the source documents that ask for it."""
    owner: str
    dimensions: tuple[str, ...]
    """What it can be cut by."""
