"""Layouts: a kind of cell has another as soon as a field of it, or of a record inside it, is another."""

import json
from random import Random
from typing import NamedTuple

import pytest

from services.outcomes.effect import cells, layout
from services.outcomes.effect.contributions import contributions, entities
from services.outcomes.effect.fact import Fact, fact_from_json
from tests.reference.histories import history


def test_every_record_has_one_and_no_two_the_same() -> None:
    records = [record for name, record in vars(cells).items() if name.endswith("Cell") and hasattr(record, "_fields")]
    assert set(layout.RECORDS.values()) == set(records)
    assert len({layout.layout(kind) for kind in layout.RECORDS} - {""}) == len(records)


def test_every_cell_that_a_history_gives_is_of_the_record_of_its_kind() -> None:
    facts: dict[str, list[Fact]] = {}
    for event in (event for seed in range(6) for event in history(Random(seed), citizens=10)):
        fact = fact_from_json(json.dumps(event))
        for entity in entities(fact):
            facts.setdefault(entity, []).append(fact)
    found = {cell for told in facts.values() for cell in contributions(told)}
    assert {cell[0] for cell in found} == set(layout.RECORDS)
    assert all(type(cell) is layout.RECORDS[cell[0]] for cell in found)


class Attempt(NamedTuple):
    started: int


class Longer(NamedTuple):
    started: int
    ended: int | None


class OfOthers(NamedTuple):
    kind: str
    attempts: tuple[Attempt, ...]


class OfLonger(NamedTuple):
    kind: str
    attempts: tuple[Longer, ...]


class Renamed(NamedTuple):
    kind: str
    tries: tuple[Attempt, ...]


class Optional(NamedTuple):
    kind: str
    attempts: tuple[Attempt, ...] | None


def test_another_field_is_another_layout_also_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    records = {"a": OfOthers, "b": OfLonger, "c": Renamed, "d": Optional}
    monkeypatch.setattr(layout, "RECORDS", records)
    layout.layout.cache_clear()
    found = [layout.layout(kind) for kind in records]
    again = layout.layout("a")
    layout.layout.cache_clear()
    assert len(set(found)) == 4
    assert again == found[0]
    assert layout.layout("unheard of") == ""
