"""What batches change adds up to what counting every history once gives: live = rebuilt, whatever the batches are."""

import json
from collections import Counter
from random import Random

import pytest

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import EVERY_KIND, contributions, entities, merged, read_by
from services.outcomes.effect.fact import Fact, fact_from_json
from services.outcomes.effect.references import References
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.batch import COUNTED, Touched, changes
from services.outcomes.projection.counting import Counting
from services.outcomes.projection.fact_table import fact_rows
from services.outcomes.projection.histories import LIMIT, Facts, Histories, encode, gather, joined
from shared.contracts.courses import AttendanceRecorded
from shared.contracts.sample import sample
from shared.messaging.cloudevents import encode as as_published
from tests.reference.histories import history


def filed(facts: list[Fact]) -> list[tuple[str, Fact]]:
    """Each fact under every entity that its row stands under."""
    return [(row[0], fact) for fact in facts for row in fact_rows(fact, entities(fact), encode(fact))]


async def live(random: Random, facts: list[Fact], at_hand: int = LIMIT) -> dict[Cell, int]:
    """The facts in any order, in batches of any size, with histories of so many bytes at hand."""
    histories, aliases, references = Histories(at_hand), Aliases(), References()
    stored: dict[str, Facts] = {}
    cells: Counter[Cell] = Counter()
    waiting = random.sample(facts, len(facts))
    while waiting:
        size = random.choice([1, 3, 40])
        touched = Touched()
        for entity, fact in filed(waiting[:size]):
            touched.add(entity, fact, encode(fact))
        cells.update((await changes(touched, histories, aliases, references, stored)).cells)
        for entity, new in touched.facts.items():
            gather(stored.setdefault(entity, {}), new)
        waiting = waiting[size:]
    return {cell: count for cell, count in cells.items() if count}


def rebuilt(facts: list[Fact]) -> dict[Cell, int]:
    """The same, one entity after the other."""
    aliases = Aliases()
    for pair in filter(None, map(merged, facts)):
        aliases.unite(*pair)
    counting = Counting(aliases)
    stored: dict[str, list[bytes]] = {}
    for entity, fact in filed(facts):
        stored.setdefault(entity, []).append(encode(fact))
    counting.take((entity, joined(bodies)) for entity, bodies in sorted(stored.items()))
    counting.finish()
    return {cell: count for cell, count in counting.cells.items() if count}


@pytest.mark.parametrize("at_hand", [0, 15_000, LIMIT])
@pytest.mark.parametrize("seed", range(15))
async def test_batches_add_up_to_a_rebuild(seed: int, at_hand: int) -> None:
    random = Random(seed)
    facts = [fact_from_json(json.dumps(event)) for event in history(random, citizens=6)]
    assert await live(random, facts, at_hand) == rebuilt(facts)


@pytest.mark.parametrize("seed", range(5))
def test_a_kind_of_cells_needs_no_other_facts_than_those_it_reads(seed: int) -> None:
    facts = [fact_from_json(json.dumps(event)) for event in history(Random(seed), citizens=30)]
    stored: dict[str, list[Fact]] = {}
    for entity, fact in filed(facts):
        stored.setdefault(entity, []).append(fact)
    for entity, of_entity in stored.items():
        if entity.startswith(COUNTED):
            everything = contributions(of_entity)
            for kind in EVERY_KIND:
                read = [fact for fact in of_entity if fact.type in read_by(frozenset({kind}))]
                found = contributions(read, frozenset({kind}))
                assert found == {cell: n for cell, n in everything.items() if cell[0] == kind}


async def test_every_kind_of_history_is_counted() -> None:
    random = Random(2026)
    facts = [fact_from_json(json.dumps(event)) for event in history(random, citizens=40)]
    kinds = {cell[0] for cell in await live(random, facts)}
    assert {"participation", "reach", "agreements", "gain", "self_reliance", "supply_demand"} <= kinds
    assert any(cell[0] == "supply_demand" and cell[2] == "asked" for cell in rebuilt(facts))


async def test_attendance_is_a_fact_of_the_citizen_that_moves_no_figure() -> None:
    facts = [fact_from_json(as_published(sample(AttendanceRecorded)))]
    assert [entity for entity, _ in filed(facts)] == [f"citizen/{AttendanceRecorded.example().citizen_id}"]
    assert await live(Random(1), facts) == rebuilt(facts) == {}
