"""The option that names municipalities: a code of four digits, refused before anything is asked."""

import re

import typer

Codes = str | list[str] | None


def code(told: Codes) -> Codes:
    """What was given, when each is a municipality code; else the command is not understood."""
    for one in [told] if isinstance(told, str) else told or []:
        if re.fullmatch("[0-9]{4}", one) is None:
            raise typer.BadParameter("A municipality code has four digits, e.g. 0101.")
    return told
