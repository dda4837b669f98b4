"""Parts: workers that share all histories count together what one would count, whoever was united with whom."""

import json
from collections import Counter
from collections.abc import Iterable
from random import Random

import pytest

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import entities, merged
from services.outcomes.effect.fact import Fact, fact_from_json
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.counting import Counting
from services.outcomes.projection.fact_table import fact_rows
from services.outcomes.projection.histories import EncodedFacts, encode, joined
from services.outcomes.projection.part import WHOLE, Part
from tests.reference.histories import history

Record = tuple[str, EncodedFacts]


def records(facts: Iterable[Fact]) -> list[Record]:
    """The facts as they are read: together for every entity that they belong to."""
    stored: dict[str, list[bytes]] = {}
    for fact in facts:
        for row in fact_rows(fact, entities(fact), encode(fact)):
            stored.setdefault(row[0], []).append(row[-1])
    return [(entity, joined(bodies)) for entity, bodies in sorted(stored.items())]


def united(facts: Iterable[Fact]) -> Aliases:
    aliases = Aliases()
    for pair in filter(None, map(merged, facts)):
        aliases.unite(*pair)
    return aliases


def counted(stored: Iterable[Record], aliases: Aliases, part: Part) -> Counter[Cell]:
    """What a worker of the part counts, who is given what is hers."""
    strays = set(part.strays(aliases))
    counting = Counting(aliases)
    counting.take(record for record in stored if part.names(record[0]) != (record[0] in strays))
    counting.finish()
    return Counter(counting.cells)


def added(parts: Iterable[Counter[Cell]]) -> dict[Cell, int]:
    total: Counter[Cell] = Counter()
    for part in parts:
        total.update(part)
    return {cell: count for cell, count in total.items() if count}


@pytest.mark.parametrize("of", [2, 3, 7])
@pytest.mark.parametrize("seed", range(8))
def test_parts_add_up_to_the_whole(seed: int, of: int) -> None:
    facts = [fact_from_json(json.dumps(event)) for event in history(Random(seed), citizens=12)]
    stored, aliases = records(facts), united(facts)
    parts = [counted(stored, aliases, Part(number, of)) for number in range(of)]
    assert sum(1 for part in parts if part) > 1, "more than one worker had something to count"
    assert added(parts) == added([counted(stored, aliases, WHOLE)])


def test_all_ids_of_a_citizen_are_counted_where_her_history_is_kept() -> None:
    aliases = Aliases()
    ids = [f"citizen/{number}" for number in range(20)]
    for one in ids[1:]:
        aliases.unite(one, ids[0])
    parts = [Part(number, 3) for number in range(3)]
    counting = {part.number: {one for one in ids if part.names(one) != (one in part.strays(aliases))} for part in parts}
    (home,) = [part.number for part in parts if part.names("citizen/0")]
    assert counting == {number: set(ids) if number == home else set() for number in range(3)}


def test_a_name_is_always_of_the_same_part() -> None:
    # the check value of this cyclic redundancy check (CRC-32/ISO-HDLC) is cbf43926 for 123456789
    assert [Part(number, 1000).names("123456789") for number in (0xCBF43926 % 1000, 0)] == [True, False]


def test_names_spread_over_the_parts() -> None:
    random = Random(3)
    names = [f"citizen/018f3a52-7c1e-7d3a-9b58-{random.getrandbits(48):012x}" for _ in range(4000)]
    for number in range(4):
        assert 900 < sum(map(Part(number, 4).names, names)) < 1100


@pytest.mark.parametrize(("number", "of"), [(2, 2), (-1, 2), (0, 0)])
def test_there_is_no_such_part(number: int, of: int) -> None:
    with pytest.raises(ValueError, match="the first is 0"):
        Part(number, of)
