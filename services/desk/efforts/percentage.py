"""A percentage as somebody types it. Pure."""

from services.desk import decimals
from shared.problems import Invalid


def share_of(field: str, text: str) -> float:
    """``45``, ``45 %`` or ``12,5`` as a share of 1. Raises Invalid, naming the field."""
    try:
        percent = float(decimals.read(text.replace("%", "")))
    except ValueError:
        percent = 0.0
    if not 0 < percent < 100:
        raise Invalid("percentage-unreadable", "No percentage", errors=[{"field": field}])
    return round(percent / 100, 6)
