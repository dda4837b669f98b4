"""The definitions of the figures on a page, as the catalogue has them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Note:
    """One definition; the texts are Danish."""

    key: str
    title: str
    definition: str
    numerator: str
    denominator: str
    exclusions: str
    maturity: str
    version: int
    owner: str


def notes(catalogue: Mapping[str, Mapping[str, Any]], indicators: Iterable[str]) -> tuple[Note, ...]:
    """The notes of these indicators, in their order."""
    return tuple(_note(catalogue[key]) for key in indicators if key in catalogue)


def _note(row: Mapping[str, Any]) -> Note:
    return Note(
        row["key"],
        row["title_da"],
        _sentence(row["definition_da"]),
        _sentence(row["numerator"]),
        _sentence(row["denominator"]),
        _sentence(row["exclusions"]),
        _sentence(row["maturity"]),
        row["version"],
        row["owner"],
    )


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
