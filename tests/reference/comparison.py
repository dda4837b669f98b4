"""The product's figures beside the reference's: where do they disagree, and what is the shortest history that shows it?

By hand, for as long as one likes: ``python -m tests.reference.comparison 5000``.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from random import Random
from typing import Any

from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.contributions import contributions, entities, merged
from services.outcomes.effect.fact import Fact, fact_from_json
from services.outcomes.effect.figures import figures
from services.outcomes.effect.references import References
from tests.reference import effect
from tests.reference.histories import Event, delivered, history, telling_days
from tests.reference.lives import WINDOWS

DIMENSIONS = (
    "municipality", "course", "course_kind", "provider", "learning_method", "target_group", "education_level", "timing",
    "cohort", "start_month", "area", "level", "theme",
)  # fmt: skip
OF_SKILLS = ("municipality", "target_group", "education_level", "area", "level", "theme")
CUTS: tuple[tuple[str, ...], ...] = ((), *((d,) for d in DIMENSIONS), *combinations(DIMENSIONS, 2))
Row = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """What is asked of a history."""

    as_of: date
    window: int
    by: tuple[str, ...]


def product(events: list[Event], question: Question) -> list[Row]:
    """The product's rows: the sum of what every entity contributes, read as figures of all indicators cut so."""
    facts = [fact_from_json(json.dumps(event)) for event in events]
    cells: Counter[Any] = Counter()
    for history_ in _histories(facts):
        for cell, count in contributions(history_).items():
            cells[cell] += count
    references = References.of(facts)
    rows = []
    for key, indicator in CATALOGUE.items():
        if set(question.by) <= set(indicator.dimensions):
            found = figures(cells.items(), references, indicator=key, as_of=question.as_of, by=question.by,
                            window=question.window)  # fmt: skip
            rows += [figure.row() for figure in found]
    return rows


def _histories(facts: list[Fact]) -> Iterator[list[Fact]]:
    """Facts by entity, with merged citizens as one."""
    leads: dict[str, str] = {}
    for kept, gone in filter(None, map(merged, facts)):
        old, new = leads.get(gone, gone), leads.get(kept, kept)
        leads |= {other: new for other, lead in leads.items() if lead == old} | {old: new, gone: new}
    by_entity: dict[str, list[Fact]] = {}
    for fact in facts:
        for lead in {leads.get(entity, entity) for entity in entities(fact)}:
            by_entity.setdefault(lead, []).append(fact)
    yield from by_entity.values()


def _plain(row: Row) -> Row:
    """The parts of a figure that the reference counts too."""
    plain = {name: row[name] for name in ("indicator", "dimensions", "so_far", "numerator", "denominator")}
    if "stage" in row:
        plain["stage"] = row["stage"]
    if row["indicator"] in ("status_after", "job_entry"):
        plain["provisional"] = row.get("provisional", 0)
        plain |= {name: row[name] for name in ("after_months", "after_days") if name in row}
    if row["indicator"] == "job_entry":
        share, incidences = row["share"], row.get("incidences") or {}
        plain["share"] = None if share is None else round(share, 9)
        plain["incidences"] = {way: round(incidence, 9) for way, incidence in incidences.items()} or None
    if row["indicator"] == "comparison":
        plain["compared"] = _compared(row["compared"])
    if row["indicator"] == "retained":
        plain["flexjob"] = row["flexjob"]
    elif "flexjob" in row:
        plain["split"] = {"ordinary": row["numerator"], "flexjob": row["flexjob"]["numerator"]}
        plain["split_so_far"] = {"ordinary": row["so_far"], "flexjob": row["flexjob"]["so_far"]}
    if "split" in row:
        plain |= {"split": row["split"], "split_so_far": row["split_so_far"]}
    return plain


def _compared(of: Row) -> Row:
    """Both groups and their difference, likewise within the lock-in period."""
    plain: Row = {
        name: [of[name]["numerator"], of[name]["denominator"]] for name in ("started", "others") if name in of
    }
    plain["difference"] = None if of["difference"] is None else round(of["difference"], 9) + 0.0
    plain["left_out"] = of["left_out"]
    return plain | ({"lock_in": _compared(of["lock_in"])} if "lock_in" in of else {})


def reference(events: list[Event], question: Question) -> list[Row]:
    """The reference's rows."""
    rows = effect.figures(events, as_of=question.as_of, window=question.window, by=question.by)
    return [row for row in rows if set(question.by) <= set(CATALOGUE[row["indicator"]].dimensions)]


def disagreements(events: list[Event], question: Question) -> list[str]:
    """Every row that only one of the two has, readable; rows that count nobody are no rows."""
    return unlike(product(events, question), events, question)


def unlike(rows: list[Row], events: list[Event], question: Question) -> list[str]:
    """The same for rows of all indicators that the product gave elsewhere, say in answers over HTTP."""
    ours, theirs = _counted(map(_plain, rows)), _counted(reference(events, question))
    return sorted([f"product   {row}" for row in ours - theirs] + [f"reference {row}" for row in theirs - ours])


def _counted(rows: Iterable[Row]) -> set[str]:
    return {json.dumps(row, sort_keys=True, default=str) for row in rows if _somebody(row)}


def _somebody(row: Row) -> bool:
    if "stage" in row:
        compared = "compared" in row and (row["denominator"] or row["compared"]["others"][1])
        return bool(row["so_far"] or row.get("provisional") or compared)
    others = [*row.get("split_so_far", {}).values(), *row.get("flexjob", {}).values()]
    return bool(row["so_far"] or row["denominator"] or any(others))


def smallest(events: list[Event], disagree: Callable[[list[Event]], bool]) -> list[Event]:
    """The events without any that the disagreement does not need; courses and cohorts stay."""
    step = len(events) // 2
    while step:
        start = 0
        while start < len(events):
            part = events[start : start + step]
            rest = events[:start] + events[start + step :]
            if not any(".course-" in e["type"] or ".cohort-" in e["type"] for e in part) and disagree(rest):
                events = rest
            else:
                start += step
        step //= 2
    return events


def report(events: list[Event], question: Question) -> str:
    """The smallest history that shows a disagreement, one event a line, and both readings of it."""
    found = smallest(events, lambda part: bool(disagreements(part, question)))
    found.sort(key=lambda e: (e["subject"], e["source"], int(e["sequence"])))
    lines = [
        f"{e['subject'][:16]} {e['sequence']:>2} {e['time']} {e['type'].split('.')[3]:22} {_short(e['data'])}"
        for e in found
    ]
    return "\n".join([str(question), *lines, *disagreements(found, question)])


def _short(data: dict[str, Any]) -> dict[str, Any]:
    told = ("on", "kind", "reason", "it_specific", "methods", "target_group", "education_level", "valid_from",
            "unemployed_since", "timing", "at", "until", "answer", "areas", "themes", "demands", "seats")  # fmt: skip
    ids = {name: value[:13] for name, value in data.items() if name.endswith("_id") and isinstance(value, str)}
    return ids | {name: data[name] for name in told if name in data}


def ask(random: Random, events: list[Event]) -> Question:
    """A question on a day on which some figure may change."""
    window = random.choice(WINDOWS)
    skills = tuple(random.sample(OF_SKILLS, 2))
    by = random.choice([(), ("municipality",), random.choice(CUTS), random.choice(CUTS), skills, skills])
    return Question(random.choice(telling_days(events, window)), window, by)


def soak(examples: int, first: int = 0) -> int:
    """Compare many histories, three questions of each; print every disagreement, shortest form. Their number."""
    different = 0
    for seed in range(first, first + examples):
        random = Random(seed)
        events = delivered(random, history(random, citizens=random.randint(1, 12)))
        for question in [ask(random, events) for _ in range(3)]:
            if disagreements(events, question):
                different += 1
                sys.stdout.write(f"seed {seed}: {report(events, question)}\n\n")
    return different


if __name__ == "__main__":
    sys.exit(min(1, soak(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)))
