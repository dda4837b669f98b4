"""What a citizen is called on a page: nobody's name is in Løft. Pure.

>>> reference("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01")
'Borger 0a6a-1c01'
"""

from uuid import UUID


def reference(citizen_id: UUID | str) -> str:
    """``Borger 0a6a-1c01``: the last eight digits of the id, which are random."""
    digits = UUID(str(citizen_id)).hex[-8:]
    return f"Borger {digits[:4]}-{digits[4:]}"
