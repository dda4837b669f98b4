"""What a browser sends when a form is submitted. Nothing in it is believed: anybody may send anything."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends
from starlette.requests import Request

from shared.problems import Invalid

Fields = Mapping[str, Sequence[str]]
"""The texts that came under each name, in the order of the page."""
MOST_FIELDS = 100


async def _read(request: Request) -> Fields:
    """The fields of a submitted form. Raises Invalid."""
    try:
        return parse_qs(
            (await request.body()).decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError:
        raise Invalid("form-unreadable", "The form cannot be read", "Go back and send it again.") from None


Form = Annotated[Fields, Depends(_read)]


def one(fields: Fields, name: str) -> str:
    """The text under a name; empty when there is none."""
    return next(iter(fields.get(name, ())), "")
