"""What pydantic found, in words that say what to do."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from services.assessment.items.item import KINDS

LANGUAGES = {"da": "the Danish text", "en": "the English text"}


def said(error: ValidationError, guide: str = "docs/bank.md") -> Iterator[tuple[str, str]]:
    """Each fault: what is wrong, and what to do; ``guide`` is the page that says what a field is."""
    for detail in error.errors(include_url=False):
        yield _fault(detail, guide)


def _fault(detail: ErrorDetails, guide: str) -> tuple[str, str]:
    # a tagged union puts the kind into the path, where no field of the file is called so
    path = [str(step) for step in detail["loc"] if step not in KINDS]
    where, last = ".".join(path) or "kind", path[-1] if path else "kind"
    given, context = detail.get("input"), detail.get("ctx", {})
    match detail["type"]:
        case "missing" if last in LANGUAGES:
            found = f"{where}: {LANGUAGES[last]} is missing", "Write it in both languages."
        case "missing" | "union_tag_not_found":
            found = f"{where} is missing", "Add it."
        case "extra_forbidden":
            found = f"{where} is no field here", "Correct its name, or remove it."
        case "literal_error":
            found = f"{where} is {_short(given)}", f"Write one of: {context['expected']}."
        case "union_tag_invalid":
            found = f"{where} is {_short(context['tag'])}", f"Write one of: {context['expected_tags']}."
        case "string_pattern_mismatch" if last in LANGUAGES:
            found = f"{where} is empty, or has a space around it", "Write a text, and no space before or after it."
        case "greater_than" if last == "a":
            found = f"a is {given:g}", "It must be above 0: else who knows more does worse."
        case _:
            found = f"{where} is {_short(given)}: {detail['msg']}", f"Correct it; {guide} says what a field is."
    return found


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
