"""A test as it was frozen at its start: the items it may ask, how it chooses, how it measures. Pure; fulfils Measuring.

Places of the kernel's pool are the places of the bank's items in the pool, which the bank keeps in the order of ids.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

from services.assessment.ability.choice import choose
from services.assessment.ability.design import Design
from services.assessment.ability.estimate import estimates
from services.assessment.ability.item import Item
from services.assessment.ability.levels import Levels
from services.assessment.ability.pool import Pool
from services.assessment.ability.posterior import Answer
from services.assessment.ability.prior import Prior
from services.assessment.ability.rule import Rule
from services.assessment.items.bank import Bank
from services.assessment.items.scoring import correct
from services.assessment.rules.entry import Begun, Response, TestDevice
from services.assessment.rules.session import Given
from shared.contracts.assessment.result import AreaResult
from shared.contracts.vocabulary import ItemPool

Method = tuple[tuple[str, int | float], ...]
"""The numbers of the kernel's prior and rule, by name."""


def method_of_today() -> dict[str, int | float]:
    """The numbers by which a test that begins now is chosen, stopped and measured."""
    return asdict(Prior()) | asdict(Rule())


@dataclass(frozen=True)
class FrozenTest:
    """The bank, pool and numbers of one test, with its seed and the items it should not ask."""

    bank: Bank
    pool: ItemPool
    seed: int
    closed: frozenset[str]
    method: Method
    pilots: tuple[tuple[int, str], ...] = ()

    @classmethod
    def of(cls, begun: Begun, bank: Bank) -> "FrozenTest":
        """The test that began so. Raises ValueError when the bank is another one."""
        if bank.digest != begun.digest:
            raise ValueError(f"the test froze the bank {begun.digest}, not {bank.digest}")
        return cls(
            bank,
            begun.pool,
            begun.seed,
            frozenset(begun.closed),
            _sorted(begun.method),
            tuple(sorted(begun.pilots.items())),
        )

    @property
    def framework(self) -> str:
        """Competence framework."""
        return self.bank.framework

    @property
    def framework_version(self) -> str:
        """Its version."""
        return self.bank.framework_version

    @property
    def calibrated(self) -> bool:
        """False while difficulties are set by experts."""
        return self.bank.calibrated

    def next(self, given: Sequence[Given], device: TestDevice, gone: Collection[str] = ()) -> str | None:
        """The item to ask after these, none that is ``gone``; on a phone none for a computer, while there are others.

        A pilot goes before the scored item, which stays the next: what is tried out changes nothing of the test.
        """
        scored = self._scored(given, device, gone)
        return scored and (self._pilot(given, device, gone, scored) or scored)

    def _scored(self, given: Sequence[Given], device: TestDevice, gone: Collection[str]) -> str | None:
        designed = self._designed()
        closed = [
            place for item, place in designed.places.items() if item in self.closed or not self.suits(item, device)
        ]
        never = [designed.places[item] for item in gone if item in designed.places]
        place = choose(designed.design, _answers(designed, given), self.seed, closed, never)
        return None if place is None else designed.items[place]

    def _pilot(self, given: Sequence[Given], device: TestDevice, gone: Collection[str], scored: str) -> str | None:
        """The pilot that is due, if its competence is neither that of the question before nor of the one after."""
        asked = {one.item for one in given}
        beside = {self.bank.item(item).competence for item in (scored, *(one.item for one in given[-1:]))}
        for number, item in self.pilots:
            due = number <= len(given) + 1 and item not in asked and item not in gone
            if due and self.suits(item, device) and self.bank.item(item).competence not in beside:
                return item
        return None

    def holds(self, item: str) -> bool:
        """Whether the frozen bank has the item."""
        return item in self.bank.by_id

    def suits(self, item: str, device: TestDevice) -> bool:
        """Whether the item can be answered on that device."""
        return device == "computer" or self.bank.item(item).device == "any"

    def correct(self, item: str, response: Response) -> bool:
        """Whether a response is right. Raises Invalid for what is no answer to this item."""
        return correct(self.bank.item(item), response)

    def areas(self, given: Sequence[Given]) -> tuple[AreaResult, ...]:
        """The result; pilots tell nothing, and areas without items are inferred from the others."""
        designed = self._designed()
        return tuple(
            AreaResult(
                area=found.area,
                ability=found.ability,
                standard_error=found.error,
                level=found.level,
                level_low=found.level_low,
                level_high=found.level_high,
                items=found.items,
            )
            for found in estimates(designed.design, _answers(designed, given))
        )

    def _designed(self) -> "_Designed":
        return _design(_Asked(self.bank.digest, self.pool, self.method, self.bank))


def design_of_today(bank: Bank, pool: ItemPool) -> Design:
    """How a test that begins now is designed."""
    return _design(_Asked(bank.digest, pool, _sorted(method_of_today()), bank)).design


@dataclass(frozen=True)
class _Asked:
    """What a design depends on. The bank itself is not compared: its digest stands for it."""

    digest: str
    pool: ItemPool
    method: Method
    bank: Bank = field(compare=False)


@dataclass(frozen=True)
class _Designed:
    """The kernel's design, its items by place, and the places by item."""

    design: Design
    items: tuple[str, ...]
    places: Mapping[str, int]


@lru_cache(maxsize=24)
def _design(asked: _Asked) -> _Designed:
    """Made once: the tables take a moment."""
    numbers: dict[str, Any] = dict(asked.method)
    prior = Prior(**{name: numbers.pop(name) for name in asdict(Prior())})
    items = asked.bank.pool(asked.pool)
    measured = tuple(Item(item.area, item.competence, item.a, item.b) for item in items)
    design = Design(Pool(measured, prior), Levels(asked.bank.cuts), Rule(**numbers))
    ids = tuple(item.id for item in items)
    return _Designed(design, ids, {item: place for place, item in enumerate(ids)})


def _answers(designed: _Designed, given: Sequence[Given]) -> list[Answer]:
    """What was answered to items that are scored."""
    return [Answer(designed.places[one.item], one.right) for one in given if one.item in designed.places]


def _sorted(method: Mapping[str, int | float]) -> Method:
    return tuple(sorted(method.items()))
