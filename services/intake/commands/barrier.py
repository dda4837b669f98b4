"""What callers may do with citizens' barriers."""

from typing import Annotated

from pydantic import Field

from shared.command import Command
from shared.contracts.vocabulary import BarrierKind, Severity


class RecordBarrier(Command):
    """Record what stands in the citizen's way, or that it now does so more or less than before."""

    kind: Annotated[BarrierKind, Field(examples=["reading"])]
    severity: Annotated[Severity, Field(examples=["medium"])]


class ClearBarrier(Command):
    """The barrier is out of the way."""
