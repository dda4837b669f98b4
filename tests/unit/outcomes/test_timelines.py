"""Whatever the batches are, and whatever day is asked for between them, timelines say what counting all cells says."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from random import Random

import pytest

from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import entities
from services.outcomes.effect.fact import Fact, fact_from_json
from services.outcomes.effect.figures import figures, figures_of, frame, told
from services.outcomes.effect.frame import Frame
from services.outcomes.effect.references import References
from services.outcomes.effect.timelines import Timelines
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.batch import Changes, Touched, changes
from services.outcomes.projection.cell_table import cell_from, cell_row
from services.outcomes.projection.fact_table import fact_rows
from services.outcomes.projection.histories import Histories, encode
from tests.reference.comparison import CUTS, Question, Row, unlike
from tests.reference.histories import Event, delivered, history, telling_days


class Live:
    """What a projector knows of the events that have come, and the questions that are kept at hand."""

    def __init__(self, window: int, by: tuple[str, ...]) -> None:
        self.window, self.by = window, by
        self.histories, self.aliases, self.references = Histories(), Aliases(), References()
        self.cells: Counter[Cell] = Counter()
        self.made = 0
        self.kept = {key: self._make(key) for key, row in CATALOGUE.items() if set(by) <= set(row.dimensions)}

    def _make(self, key: str) -> tuple[Frame, Timelines]:
        self.made += 1
        asked = frame(self.references.snapshot(), indicator=key, by=self.by, window=self.window)
        timelines = Timelines()
        timelines.add(told(((cell_from(cell_row(cell, n)[0]), n) for cell, n in self.cells.items()), asked))
        return asked, timelines

    async def take(self, events: Iterable[Event]) -> None:
        """A batch: new facts once, in any order."""
        touched = Touched()
        for fact in _facts(events):
            for row in fact_rows(fact, entities(fact), encode(fact)):
                touched.add(row[0], fact, row[-1])
        change = await changes(touched, self.histories, self.aliases, self.references, {})
        self.cells.update(change.cells)
        self.cells = Counter({cell: n for cell, n in self.cells.items() if n})
        self._follow(change)

    def _follow(self, change: Changes) -> None:
        for key, (asked, timelines) in self.kept.items():
            if change.courses and not asked.offers.follow(self.references.snapshot()):
                self.kept[key] = self._make(key)
            else:
                timelines.add(told(change.cells.items(), asked))

    def rows(self, as_of: date) -> list[Row]:
        found = [
            figures_of(timelines.as_of(as_of.toordinal()), asked, as_of=as_of)
            for asked, timelines in self.kept.values()
        ]
        return [figure.row() for one in found for figure in one]

    def counted(self, as_of: date) -> list[Row]:
        found = [
            figures(self.cells.items(), self.references, indicator=key, as_of=as_of, by=self.by, window=self.window)
            for key in self.kept
        ]
        return [figure.row() for one in found for figure in one]


def _facts(events: Iterable[Event]) -> list[Fact]:
    return [fact_from_json(json.dumps(event)) for event in events]


@pytest.mark.parametrize("seed", range(40))
async def test_any_day_between_any_batches_is_what_counting_gives(seed: int) -> None:
    random = Random(seed)
    events = history(random, citizens=random.randint(1, 8))
    window = random.choice((30, 91, 182, 365, 7))
    live = Live(window, random.choice([(), random.choice(CUTS), random.choice(CUTS)]))
    days = telling_days(events, window)
    come: list[Event] = []
    waiting = list({event["id"]: event for event in delivered(random, events)}.values())
    while waiting:
        size = random.choice([1, 3, 40])
        batch, waiting = waiting[:size], waiting[size:]
        await live.take(batch)
        come += batch
        for as_of in random.sample(days, 2):
            assert live.rows(as_of) == live.counted(as_of)
    for as_of in random.sample(days, 2):
        assert unlike(live.rows(as_of), come, Question(as_of, window, live.by)) == []


async def test_a_course_that_changes_makes_anew_only_what_was_counted_by_it() -> None:
    random = Random(11)
    events = history(random, citizens=12)
    live = Live(30, ("provider",))
    await live.take([event for event in events if ".course-changed." not in event["type"]])
    made = live.made
    cohort = json.loads(json.dumps(next(event for event in events if ".cohort-opened." in event["type"])))
    cohort |= {"id": "018f0000-0000-7000-8000-000000000001", "subject": "cohort/new"}
    cohort["data"] |= {"cohort_id": "new"}
    await live.take([cohort])
    assert live.made == made, "nobody was counted by a cohort that is new"
    course = json.loads(json.dumps(next(event for event in events if ".course-offered." in event["type"])))
    course |= {"id": "018f0000-0000-7000-8000-000000000002", "sequence": "99"}
    course["data"] |= {"provider": "Herning"}
    await live.take([course])
    assert live.made > made
    as_of = date(2030, 1, 1)
    assert live.rows(as_of) == live.counted(as_of)
    assert any(row["dimensions"]["provider"] == "Herning" for row in live.rows(as_of))


@pytest.mark.parametrize("seed", range(5))
async def test_what_is_taken_away_leaves_nothing_behind(seed: int) -> None:
    random = Random(seed)
    live = Live(30, ())
    await live.take(history(random, citizens=10))
    for _, timelines in live.kept.values():
        timelines.as_of(1)
    assert sum(timelines.size for _, timelines in live.kept.values()) > 0
    for asked, timelines in live.kept.values():
        timelines.add(told(((cell, -n) for cell, n in live.cells.items()), asked))
        assert timelines.as_of(10**7) == {}
        assert timelines.size == 0
