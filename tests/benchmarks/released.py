"""How much is published of a small, a middle and a large jobcenter, and how long it takes to decide that.

``python -m tests.benchmarks.released`` makes up the jobcenters and releases every indicator in eight quarters, each as
it was known when it was over. Of the last four it prints how many rows are told of those that there are; of the last
the share of persons in them, their age, and the slowest decision.
"""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from datetime import time as clock
from zoneinfo import ZoneInfo

from deploy.synthetic import events
from services.outcomes.effect.catalogue import CELLS
from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import contributions, entities, merged
from services.outcomes.effect.fact import Fact, fact_from_json
from services.outcomes.effect.figures import figures
from services.outcomes.effect.groups import PUBLISHED
from services.outcomes.effect.references import References
from services.outcomes.effect.telling import Told
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.batch import COUNTED
from services.outcomes.releases import WHOLE, WINDOW, by_value, telling_of
from shared.messaging.cloudevents import encode

SIZES = {"small": 140, "middle": 1_500, "large": 12_000}
"""Citizens of two years."""
QUARTERS = [date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31),
            date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)]  # fmt: skip
K = 5


def known(facts: Iterable[Fact], day: date) -> tuple[Mapping[str, list[tuple[Cell, int]]], References]:
    """The cells by kind, and the courses, as they were known at the end of a day."""
    until = datetime.combine(day, clock(23, 59, 59), ZoneInfo("Europe/Copenhagen")).timestamp() * 1_000_000
    then = [fact for fact in facts if fact.recorded <= until]
    references, aliases = References(), Aliases()
    for fact in then:
        references.apply(fact)
        if pair := merged(fact):
            aliases.unite(*pair)
    histories: dict[str, list[Fact]] = defaultdict(list)
    for fact in then:
        for entity in entities(fact):
            histories[aliases.root(entity)].append(fact)
    cells: Counter[Cell] = Counter()
    for root, own in histories.items():
        if root.startswith(COUNTED):
            cells.update(contributions(own))
    kinds: dict[str, list[tuple[Cell, int]]] = defaultdict(list)
    for cell, count in cells.items():
        if count:
            kinds[cell[0]].append((cell, count))
    return kinds, references


def measure(citizens: int) -> list[str]:
    """A line for each indicator and cut."""
    facts = [fact_from_json(encode(event).decode()) for event in events(1, citizens)]
    past: dict[str, list[Told]] = {indicator: [] for indicator in PUBLISHED}
    told_on: dict[tuple[str, str], dict[str | None, tuple[int, int]]] = defaultdict(dict)
    shown: dict[tuple[str, str], list[tuple[int, int, float, float]]] = defaultdict(list)
    slowest: Counter[str] = Counter()
    for number, day in enumerate(QUARTERS):
        cells, references = known(facts, day)
        for indicator, published in PUBLISHED.items():
            rows = {}
            for by in [(), *((name,) for name in published.dimensions)]:
                figured = figures(
                    cells[CELLS[indicator]], references, indicator=indicator, as_of=day, by=by, window=WINDOW
                )
                rows[",".join(by)] = by_value([figure.row() for figure in figured])
            began = time.perf_counter()
            told = telling_of(published, past[indicator], rows, K)
            slowest[indicator] = max(slowest[indicator], time.perf_counter() - began)
            past[indicator].append(told)
            anew = {WHOLE: {} if told.whole is None else {None: told.whole}, **told.tables}
            for cut, values in rows.items():
                if cut == WHOLE and not published.whole:
                    continue
                persons = {value: sum(published.groups(own).values()) for value, own in values.items()}
                standing = told_on[indicator, cut]
                standing |= {value: (number, sum(counts.values())) for value, counts in anew.get(cut, {}).items()}
                there = sum(count > 0 for count in persons.values())
                share = sum(count for _, count in standing.values()) / max(sum(persons.values()), 1)
                old = sum(number - since for since, _ in standing.values()) / max(len(standing), 1)
                shown[indicator, cut].append((len(standing), there, share, old))
    lines = []
    for (indicator, cut), found in shown.items():
        last = found[-4:]
        rows_said = " ".join(f"{one}/{of}" for one, of, _, _ in last)
        lines.append(
            f"| `{indicator}` | {cut or 'whole'} | {rows_said} | {last[-1][2]:.0%} | {last[-1][3]:.1f} |"
            f" {slowest[indicator] * 1000:.0f} |"
        )
    return lines


if __name__ == "__main__":
    for name, size in SIZES.items():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        sys.stdout.write(
            f"\n{name}: {size} citizens\n\n| | by | rows | persons | quarters old | ms |\n|---|---|---|---|---|---|\n"
        )
        sys.stdout.write("\n".join(measure(size)) + "\n")
        sys.stdout.flush()
