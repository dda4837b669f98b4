"""How a page calls a citizen: by a part of her random id, for Løft keeps no names."""

from uuid import UUID


def reference(citizen_id: UUID | str) -> str:
    """``Borger 0a6a-1c01``: the last eight digits of her id."""
    digits = UUID(str(citizen_id)).hex[-8:]
    return f"Borger {digits[:4]}-{digits[4:]}"
