"""The bank that Løft ships: it loads, it is as large and as wide as promised, and a reader's answers are its keys."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.assessment.items.item import Do, Item, Single
from services.assessment.items.loading import DIRECTORY, examine, item_bank
from services.assessment.items.scoring import correct
from shared.problems import NotFound

BANK = item_bank()
READER: dict[str, Any] = json.loads((Path(__file__).parent / "answers_of_a_reader.json").read_text(encoding="utf-8"))
CODES = {"1": 3, "2": 6, "3": 4, "4": 4, "5": 4}  # competences by area in DigComp 2.2


def test_nothing_is_to_be_corrected() -> None:
    assert examine(DIRECTORY)[1] == []


def test_it_is_as_large_as_promised() -> None:
    operational = BANK.pool("full")
    assert len(operational) >= 120
    assert all(sum(item.area == area for item in operational) >= 20 for area in range(1, 6))
    assert len(BANK.pilots("full")) >= 5
    assert sum(isinstance(item, Do) for item in operational) >= 15
    assert {item.kind for item in operational} == {"single", "multiple", "order", "match", "short", "do"}


def test_every_competence_and_every_level_of_every_area_is_there() -> None:
    operational = BANK.pool("full")
    assert {item.competence for item in operational} == {
        f"{area}.{number}" for area, numbers in CODES.items() for number in range(1, numbers + 1)
    }
    assert {(item.area, item.level) for item in operational} == {(a, le) for a in range(1, 6) for le in range(1, 9)}


def test_difficulty_follows_the_level() -> None:
    """Not calibrated: the level that an item states is the level that its difficulty lies in."""
    assert not BANK.calibrated
    assert [item.id for item in BANK.items if BANK.level(item.b) != item.level] == []


def test_a_reader_who_saw_no_key_gave_the_answers_of_the_keys() -> None:
    """Who changes a question or its options reads it anew and writes down the answer, without looking at the key."""
    assert sorted(READER) == [item.id for item in BANK.items]
    assert [item_id for item_id, answer in READER.items() if not correct(BANK.item(item_id), answer)] == []


@pytest.mark.parametrize("item", [item for item in BANK.items if isinstance(item, Single)], ids=lambda item: item.id)
def test_one_option_alone_is_right(item: Single) -> None:
    assert sum(correct(item, name) for name in item.options) == 1


@pytest.mark.parametrize("item", [item for item in BANK.items if isinstance(item, Do)], ids=lambda item: item.id)
def test_a_screen_left_alone_is_not_done(item: Do) -> None:
    assert not correct(item, {})
    done = READER[item.id]
    assert all(not correct(item, {k: v for k, v in done.items() if k != left}) for left in done)


def test_the_document_tells_the_numbers_of_the_rule() -> None:
    rule = tomllib.loads((DIRECTORY / "bank.toml").read_text(encoding="utf-8"))
    document = (DIRECTORY.parents[2] / "docs" / "bank.md").read_text(encoding="utf-8").replace("−", "-")
    rows = {
        "begins at": ["", *rule["cuts"]],
        "offset": list(rule["rule"]["offset"].values()),
        "a": list(rule["rule"]["discrimination"].values()),
    }
    for name, numbers in rows.items():
        assert f"| {name} | " + " | ".join(f"{n:g}" if n != "" else "" for n in numbers) in document.replace(
            "1.0 ", "1 "
        )


def test_pools() -> None:
    assert len(BANK.pool("phone")) == len([i for i in BANK.pool("full") if i.device == "any"])
    assert len(BANK.pool("accessible")) == len([i for i in BANK.pool("full") if i.accessible])
    assert {item.state for item in BANK.pool("full")} == {"operational"}
    assert len(BANK.pool("phone")) < len(BANK.pool("full"))


def test_levels_begin_at_their_cut() -> None:
    assert [BANK.level(ability) for ability in (-9.0, -1.71, -1.7, -1.0, 0.0, 0.4, 2.49, 2.5, 9.0)] == [
        1,
        1,
        2,
        3,
        4,
        5,
        7,
        8,
        8,
    ]


def with_feedback(item: Item, text: str) -> Item:
    return item.model_copy(update={"feedback": item.feedback.model_copy(update={"da": text})})


def test_the_digest_knows_a_version_again() -> None:
    first = BANK.items[0]
    again, _ = examine(DIRECTORY)
    assert again is not None
    assert again.digest == BANK.digest
    changed = [
        replace(BANK, version="2026.2"),
        replace(BANK, cuts=(*BANK.cuts[:-1], 2.6)),
        replace(BANK, calibrated=True),
        replace(BANK, items=BANK.items[1:]),
        replace(BANK, items=(first.model_copy(update={"b": first.b + 0.01}), *BANK.items[1:])),
        replace(BANK, items=(with_feedback(first, "noget andet"), *BANK.items[1:])),
    ]
    assert len({BANK.digest, *(bank.digest for bank in changed)}) == 1 + len(changed)


def test_an_unknown_item_is_told() -> None:
    with pytest.raises(NotFound):
        BANK.item("1.1-nothing")
