"""Layout: what the fields of each kind of cell are, so that cells of an earlier release are not taken for today's.

Cells that are counted from histories are simply counted again. Those that were kept of somebody who was erased cannot
be, and may be read only while their kind still has the fields that they were written with.
"""

from functools import cache
from hashlib import sha256
from typing import Any, get_args, get_type_hints

from services.outcomes.effect.cells import RECORDS


@cache
def layout(kind: str) -> str:
    """What tells the fields of a kind of cell from others, as 16 hexadecimal digits; nothing for an unknown kind."""
    record = RECORDS.get(kind)
    return "" if record is None else sha256(_fields(record).encode()).hexdigest()[:16]


def _fields(record: type[Any]) -> str:
    """Names and types of the fields, those of records inside records too."""
    hints = get_type_hints(record)
    return ",".join(f"{name}:{_said(hint)}" for name, hint in hints.items())


def _said(hint: Any) -> str:
    if hasattr(hint, "_fields"):
        return f"({_fields(hint)})"
    inside = get_args(hint)
    return f"{hint.__name__ if isinstance(hint, type) else hint}" if not inside else f"[{','.join(map(_said, inside))}]"
