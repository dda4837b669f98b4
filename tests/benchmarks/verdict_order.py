"""``python -m tests.benchmarks.verdict_order``: what counting people as they mature would do to the verdict.

Pilots as good as their benchmark of 45 %, with a cohort of 8 every 30 days. 30 % of the participants drop out in their
first 20 days, and 20 % of those get a job; of the others, who stay for 60 days, so many that all together are 45 %. Who
drops out early is measured early. A look every month, and every week, from the first start until everybody is measured.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from random import Random
from typing import NamedTuple

from services.outcomes.effect.verdict import Answer, judge

COHORTS, PERSONS, EVERY_DAYS, COURSE_DAYS, WINDOW = 24, 8, 30, 60, 182
BENCHMARK, LEAVING, LEFT_WITHIN_DAYS, JOBS_OF_LEAVERS = 0.45, 0.3, 20, 0.2
RUNS, SEED = 10_000, 45


class Person(NamedTuple):
    """A participation; days since the first cohort's start."""

    started: int
    mature: int
    success: bool


Order = Callable[[list[Person], int], list[Person]]


def as_they_mature(people: list[Person], day: int) -> list[Person]:
    """Everybody who is mature."""
    return [person for person in people if person.mature <= day]


def as_they_started(people: list[Person], day: int) -> list[Person]:
    """As the verdict counts: nobody before those who started no later."""
    first_unsettled = min((person.started for person in people if person.mature > day), default=day + 1)
    return [person for person in people if person.started < first_unsettled]


def pilot(chance: Random) -> list[Person]:
    """Its participants."""
    jobs_of_stayers = (BENCHMARK - LEAVING * JOBS_OF_LEAVERS) / (1 - LEAVING)
    people = []
    for cohort in range(COHORTS):
        for _ in range(PERSONS):
            leaves = chance.random() < LEAVING
            stays = chance.randint(1, LEFT_WITHIN_DAYS) if leaves else COURSE_DAYS
            start = cohort * EVERY_DAYS
            success = chance.random() < (JOBS_OF_LEAVERS if leaves else jobs_of_stayers)
            people.append(Person(start, start + stays + WINDOW + 1, success))
    return people


@cache
def answer(n: int, successes: int) -> Answer:
    """The verdict on so many."""
    return judge(n, successes, benchmark=BENCHMARK, decided_at=date(2026, 1, 1)).verdict


def told(people: list[Person], order: Order, looks: Iterable[int]) -> Answer:
    """The first answer that is one, at any look."""
    for day in looks:
        counted = order(people, day)
        said = answer(len(counted), sum(person.success for person in counted))
        if said != "cannot-tell-yet":
            return said
    return "cannot-tell-yet"


def main() -> None:
    """Print how often a pilot as good as its benchmark was told stop, and continue."""
    last = COHORTS * EVERY_DAYS + COURSE_DAYS + WINDOW
    for name, every in (("month", 30), ("week", 7)):
        for order in (as_they_mature, as_they_started):
            chance = Random(SEED)
            answers = [told(pilot(chance), order, range(0, last + every, every)) for _ in range(RUNS)]
            stop, go_on = answers.count("stop") / RUNS, answers.count("continue") / RUNS
            print(f"a look every {name}, counted {order.__name__}: stop {stop:.2%}, continue {go_on:.2%}", flush=True)


if __name__ == "__main__":
    main()
