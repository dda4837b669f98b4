"""Offering a test: what comes first, which items, when again, and what has surely been gained."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.assessment.items.freezing import NotAsFrozen, thaw
from services.assessment.items.loading import item_bank
from services.assessment.rules.entry import TestDevice
from services.assessment.rules.offering import INSTEAD, instead_of_test, offer, pool_for
from services.assessment.rules.progress import Earlier, gains
from services.outcomes.effect.gain import gained as counted
from shared.contracts.assessment.result import AreaResult
from shared.problems import Refused
from tests.unit.assessment.sitting_down import CITIZEN, NINE, at

LATER = NINE + timedelta(days=30)


class TestOffering:
    @pytest.mark.parametrize(
        ("device", "accessible", "pool"),
        [
            ("computer", False, "full"),
            ("phone", False, "phone"),
            ("computer", True, "accessible"),
            ("phone", True, "accessible"),
        ],
    )
    def test_the_pool_is_the_persons(self, device: TestDevice, accessible: bool, pool: str) -> None:
        assert pool_for(device, accessible=accessible) == pool

    def test_what_comes_first(self) -> None:
        found = {
            (reading, danish): instead_of_test(reading_difficult=reading, danish_difficult=danish)
            for reading, danish in product((True, False), repeat=2)
        }
        assert found == {
            (False, False): None,
            (True, False): "workshop",
            (False, True): "language",
            (True, True): "language",
        }

    def test_the_words_promise_that_the_test_can_wait_and_blame_nobody(self) -> None:
        for words in INSTEAD.values():
            assert "Testen kan vente" in words.da
            assert not any(hard in words.da for hard in ("desværre", "ikke kan", "svært", "problem"))

    @pytest.mark.parametrize(
        ("hour", "allowed"), [("2026-11-02T09:00Z", True), ("2026-11-01T22:59Z", False), ("2026-11-01T23:00Z", True)]
    )
    def test_14_days_are_danish_days(self, hour: str, allowed: bool) -> None:
        when = replace(at(0), at=datetime.fromisoformat(hour))
        last = [datetime(2026, 10, 19, tzinfo=UTC).date(), datetime(2026, 9, 1, tzinfo=UTC).date()]

        def again() -> Any:
            return offer(CITIZEN, "0101", "retest", None, when, assisted=False, accessible=False, tested_on=last)

        if allowed:
            assert again().until == when.at + timedelta(days=7)
        else:
            with pytest.raises(Refused, match="retest-too-soon") as refused:
                again()
            assert "2026-11-02" in refused.value.detail


class TestFreezing:
    def test_a_bank_comes_back_whole(self) -> None:
        bank = item_bank()
        assert thaw(bank.content, bank.digest) == bank
        assert thaw(bank.content, bank.digest).digest == bank.digest

    def test_a_bank_that_was_changed_does_not(self) -> None:
        bank = item_bank()
        told = json.loads(bank.content)
        told["items"][0]["b"] += 1e-12
        with pytest.raises(NotAsFrozen, match=bank.digest):
            thaw(json.dumps(told), bank.digest)


def area(number: int = 1, **given: Any) -> AreaResult:
    """A measured area."""
    told = {"area": number, "ability": 0.0, "standard_error": 0.3, "level": 4, "level_low": 3, "level_high": 4}
    return AreaResult.model_validate(told | {"items": 5} | given)


def better(**given: Any) -> AreaResult:
    """One that is reliably better: 0.9 over a limit of 1.96 · √(0.3² + 0.3²) = 0.83, and a level higher."""
    return area(ability=0.9, level=5, level_low=4, level_high=5, **given)


class TestProgress:
    @pytest.mark.parametrize(
        ("after", "before", "days", "expected"),
        [
            (better(), area(), 14, [1]),
            (better(), area(), 13, []),
            (better(), area(ability=0.1), 14, []),
            (better(), area(items=0), 30, []),
            (better(items=0), area(), 30, []),
            (better(), area(2), 30, []),
        ],
        ids=["sure", "too soon", "not sure", "inferred before", "inferred now", "another area"],
    )
    def test_only_what_is_sure(self, after: AreaResult, before: AreaResult, days: int, expected: list[int]) -> None:
        found = gains([after], NINE + timedelta(days=days), [Earlier(NINE, before)])
        assert [one.area for one in found] == expected

    def test_the_first_test_counts_and_not_the_one_between(self) -> None:
        earlier = [Earlier(NINE + timedelta(days=20), better()), Earlier(NINE, area(level=3)), Earlier(LATER, better())]
        (found,) = gains([better()], LATER, earlier)
        assert (found.since, found.before, found.level) == (NINE, 3, 5)

    @given(*[st.tuples(st.floats(-3, 3), st.floats(0.1, 0.9), st.integers(1, 4), st.integers(5, 8))] * 2)
    def test_it_is_what_the_indicator_counts(self, one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
        before, after = [
            area(ability=ability, standard_error=error, level_low=low, level_high=high, level=low)
            for ability, error, low, high in (one, other)
        ]
        told = bool(gains([after], LATER, [Earlier(NINE, before)]))
        assert told == counted(cast(Any, before.model_dump()), cast(Any, after.model_dump()))
