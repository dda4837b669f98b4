"""Units of the made-up jobcenters, and which of them a citizen belongs to: her id says it, so nothing is drawn."""

UNITS = ("Nord", "Midt", "Syd")
WITHOUT = 16
"""One in so many belongs to none."""


def unit_of(citizen_id: str) -> str | None:
    """Her unit; None for one of the few without."""
    number = int(citizen_id[-8:], 16)
    return None if number % WITHOUT == 0 else UNITS[number % len(UNITS)]
