"""Figures as known on an earlier day are those of the events that had been recorded by then: by brute force."""

import json
from collections import Counter, defaultdict
from datetime import date
from random import Random
from typing import Any

import pytest

from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.contributions import READS, contributions, entities, merged
from services.outcomes.effect.fact import fact_from_json
from services.outcomes.effect.figures import figures
from services.outcomes.effect.references import References
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.as_known import as_known, recorded_by
from services.outcomes.projection.histories import decoded, encode
from tests.reference.comparison import Question, Row, ask, unlike
from tests.reference.histories import Event, delivered, history
from tests.reference.truth import DANISH, moment


def recorded_on(event: Event) -> date:
    return moment(event["recordedtime"]).astimezone(DANISH).date()


def product(events: list[Event], question: Question, known: date) -> list[Row]:
    """The rows that the cells of everything give, when what was learnt after a day is taken out again."""
    facts = {fact.id: fact for fact in (fact_from_json(json.dumps(event)) for event in events)}
    aliases = Aliases()
    for fact in facts.values():
        if pair := merged(fact):
            aliases.unite(*pair)
    united: dict[str, dict[str, list[bytes]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts.values():
        for entity in entities(fact):
            if entity.startswith(("citizen/", "company/", "order/")) and fact.type in READS:
                united[aliases.root(entity)][entity].append(encode(fact))
    cells: Counter[Any] = Counter()
    for members in united.values():
        once = {fact.id: fact for bodies in members.values() for fact in decoded(bodies)}
        cells.update(contributions(once.values()))
    before = recorded_by(known)
    changed = [
        members
        for members in united.values()
        if any(fact.recorded >= before for bodies in members.values() for fact in decoded(bodies))
    ]
    left = as_known(cells.items(), changed, before)
    references = References.of([fact for fact in facts.values() if fact.recorded < before])
    rows = []
    for key, indicator in CATALOGUE.items():
        if set(question.by) <= set(indicator.dimensions):
            found = figures(
                left.items(), references, indicator=key, as_of=question.as_of, by=question.by, window=question.window
            )
            rows += [figure.row() for figure in found]
    return rows


@pytest.mark.parametrize("seed", range(80))
def test_what_was_learnt_later_is_not_counted(seed: int) -> None:
    random = Random(seed)
    events = delivered(random, history(random, citizens=random.randint(1, 10)))
    for _ in range(3):
        known = random.choice(sorted({recorded_on(event) for event in events}))
        then = [event for event in events if recorded_on(event) <= known]
        question = ask(random, events)
        assert unlike(product(events, question, known), then, question) == []


def test_late_registrations_are_there_to_be_left_out() -> None:
    events = history(Random(3), citizens=20)
    late = [event for event in events if recorded_on(event) > moment(event["time"]).astimezone(DANISH).date()]
    assert len(late) > len(events) // 20


def test_a_day_ends_at_danish_midnight() -> None:
    assert recorded_by(date(2026, 7, 1)) == 1782943200_000_000  # 2026-07-01T22:00:00Z
    assert recorded_by(date(2026, 12, 31)) == 1798758000_000_000  # 2026-12-31T23:00:00Z
