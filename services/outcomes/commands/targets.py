"""What callers may do with targets."""

from typing import Literal

from pydantic import Field

from shared.command import Command


class SetTarget(Command):
    """The administration's X for one of the four targets in a period: a year, half-year, quarter or month."""

    indicator: Literal["agreements", "mikrosprint_job", "it_course_job", "upskilled_praktik"]
    period: str = Field(pattern=r"^[0-9]{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$", examples=["2026", "2026-H1", "2026-Q1"])
    value: float = Field(ge=0, le=1_000_000, allow_inf_nan=False)
