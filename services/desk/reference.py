"""The short reference by which people speak of a citizen: Løft knows no names."""

from uuid import UUID

DIGITS = 8


def reference(citizen_id: UUID | str) -> str:
    """``Borger 3f9a-01c2``: the last eight digits of the id, the ones that are random."""
    digits = UUID(str(citizen_id)).hex[-DIGITS:]
    return f"Borger {digits[:4]}-{digits[4:]}"


def read(text: str) -> str | None:
    """The digits of a reference that somebody typed, with or without *Borger* and hyphen; None when it is none."""
    digits = text.lower().replace("-", "").replace(" ", "").removeprefix("borger")
    return digits if len(digits) == DIGITS and all(one in "0123456789abcdef" for one in digits) else None
