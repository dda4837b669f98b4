"""What the rules of a session ask of the item bank and the kernel."""

from collections.abc import Collection, Sequence
from typing import Protocol

from services.assessment.rules.entry import Response, TestDevice
from services.assessment.rules.session import Given
from shared.contracts.assessment.result import AreaResult


class Measuring(Protocol):
    """The frozen bank and kernel of one test."""

    @property
    def framework(self) -> str:
        """Competence framework."""

    @property
    def framework_version(self) -> str:
        """Its version."""

    @property
    def calibrated(self) -> bool:
        """False while difficulties are set by experts."""

    def next(self, given: Sequence[Given], device: TestDevice, gone: Collection[str] = ()) -> str | None:
        """The item to ask after these, on that device, none that is ``gone``; None when the test is done.

        The same for the same arguments.
        """

    def holds(self, item: str) -> bool:
        """Whether the frozen bank has the item."""

    def suits(self, item: str, device: TestDevice) -> bool:
        """Whether the item can be answered on that device."""

    def correct(self, item: str, response: Response) -> bool:
        """Whether a response is right. Raises Invalid for what is no answer to this item."""

    def areas(self, given: Sequence[Given]) -> tuple[AreaResult, ...]:
        """The result; pilots tell nothing, and areas without items are inferred from the others."""
