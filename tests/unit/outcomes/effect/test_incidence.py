"""Job-entry curves: by hand, by fractions from every person, and as Kaplan-Meier by a well-known library."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from services.outcomes.effect.durations import Durations, Stay, durations
from services.outcomes.effect.estimates import UNKNOWN, wilson
from services.outcomes.effect.incidence import Curves, curves

TODAY = 738_000
People = list[Stay]


def of(people: People, as_of: int = TODAY, days: int = 730) -> Curves:
    return curves(durations(((stay, 1) for stay in people), as_of=as_of, days=days))


def left(after: int, kind: str | None) -> Stay:
    return Stay(TODAY - 1000, TODAY - 1000 + after, kind)


def there(since: int) -> Stay:
    return Stay(TODAY - since, None, None)


TIED = [
    left(0, "job"),
    *[left(1, "job")] * 2,
    *[left(1, "education")] * 2,
    there(1),
    *[left(2, "job")] * 2,
    left(3, "job"),
    there(3),
]
"""Ten people, with ties of every sort. A well-known library loses the job on day 0 and says 0.575 for 0.675."""


def test_a_table_with_ties_worked_out_by_hand() -> None:
    # day  at risk  job  education  censored   S before   job adds
    #  0     10      1       0         0       1          1/10
    #  1      9      2       2         1       9/10       9/10 x 2/9 = 1/5
    #  2      4      2       0         0       1/2        1/2 x 2/4 = 1/4
    #  3      2      1       0         1       1/4        1/4 x 1/2 = 1/8
    read = of(TIED)
    assert read.durations.at_risk == (10, 9, 4, 2)
    assert read.durations.staying == (9, 5, 2, 1)
    assert read.incidence("job") == pytest.approx([0.1, 0.3, 0.55, 0.675], abs=1e-15)
    assert read.incidence("education") == pytest.approx([0, 0.2, 0.2, 0.2], abs=1e-15)
    assert read.survivor() == pytest.approx([0.9, 0.5, 0.25, 0.125], abs=1e-15)
    assert read.incidence("moved") == [0, 0, 0, 0]


def test_its_variance_worked_out_by_hand() -> None:
    # F = 27/40 on day 3; sum of w² d1 (n - d1)/n - 2 w d1 (F - f)/n + (F - f)² d/(n r), w = 1/10, 1/10, 1/8, 1/8
    # day 0: 1/100 x 9/10 - 2/10 x 1 x 23/40 / 10 + (23/40)² / 90         = 0.009 - 0.0115 + 529/144000
    # day 1: 1/100 x 14/9 - 2/10 x 2 x 3/8 / 9 + (3/8)² x 4 / 45         = 7/450 - 1/60 + 1/80
    # day 2: 1/64 x 2 x 2/4 - 2/8 x 2 x 1/8 / 4 + (1/8)² x 2/8            = 1/64 - 1/64 + 1/256
    # day 3: 1/64 x 1/2                                                   = 1/128
    by_day = [
        Fraction(9, 1000) - Fraction(115, 10000) + Fraction(529, 144000),
        Fraction(7, 450) - Fraction(1, 60) + Fraction(1, 80),
        Fraction(1, 256),
        Fraction(1, 128),
    ]
    assert of(TIED).variance("job", 3) == pytest.approx(float(sum(by_day)), abs=1e-15)


people = st.lists(
    st.builds(
        lambda start, after, kind: Stay(start, None if kind == "there" else start + after, kind or None),
        st.integers(0, 12),
        st.integers(0, 12),
        st.sampled_from(["job", "education", "moved", "there", ""]),
    ),
    max_size=25,
)
days = st.integers(0, 15)


def exact(population: People, as_of: int, kind: str | None) -> list[Fraction]:
    """The incidence of a kind, or the survivor, by day: the definition, from every person, in fractions."""
    followed = []
    for start, end, how in population:
        if start <= as_of:
            gone = end is not None and end <= as_of
            followed.append(((end if gone and end is not None else as_of) - start, how if gone else None))
    survivor, incidence, curve = Fraction(1), Fraction(0), []
    for day in range(max((length for length, _ in followed), default=-1) + 1):
        at_risk = sum(length >= day for length, _ in followed)
        incidence += survivor * Fraction(sum(length == day and how == kind for length, how in followed), at_risk)
        survivor *= 1 - Fraction(sum(length == day and how is not None for length, how in followed), at_risk)
        curve.append(survivor if kind is None else incidence)
    return curve


@given(people, days)
def test_it_is_the_definition_in_fractions(population: People, as_of: int) -> None:
    read = of(population, as_of)
    for kind in ("job", "education", "moved"):
        assert read.incidence(kind) == pytest.approx(
            [float(share) for share in exact(population, as_of, kind)], abs=1e-12
        )
    assert read.survivor() == pytest.approx([float(share) for share in exact(population, as_of, None)], abs=1e-12)


@given(people, days)
def test_incidences_and_survivor_are_everybody_on_every_day(population: People, as_of: int) -> None:
    read = of(population, as_of)
    for shares in zip(read.survivor(), *read.incidences().values(), strict=True):
        assert sum(shares) == pytest.approx(1, abs=1e-12)
        assert min(shares) >= 0


@given(people, days)
def test_its_variance_is_that_of_the_hazards(population: People, as_of: int) -> None:
    read = of(population, as_of)
    for day in range(len(read.weights)):
        assert read.variance("job", day) == pytest.approx(float(of_hazards(read.durations, day)), abs=1e-12)


def of_hazards(counts: Durations, day: int) -> Fraction:
    """The delta method in fractions: somebody at risk on a day adds 1 (job), 0 (other) or what lies ahead of her."""
    total = Fraction(0)
    for at in range(day + 1):
        n, job = counts.at_risk[at], counts.gone("job")[at]
        other = n - counts.staying[at] - job
        ahead = Fraction(0)  # the chance of a job in the days after ``at`` of somebody who stays on it
        for later in range(day, at, -1):
            risk = counts.at_risk[later]
            ahead = Fraction(counts.gone("job")[later], risk) + Fraction(counts.staying[later], risk) * ahead
        mean = Fraction(job, n) + Fraction(n - job - other, n) * ahead
        square = Fraction(job, n) + Fraction(n - job - other, n) * ahead**2
        before = Fraction(1)
        for earlier in range(at):
            before *= Fraction(counts.staying[earlier], counts.at_risk[earlier])
        total += before**2 * (square - mean**2) / n
    return total


@given(people.filter(lambda population: min((stay.start for stay in population), default=99) <= 13))
def test_without_other_kinds_it_is_the_kaplan_meier_of_a_well_known_library(population: People) -> None:
    as_of = 13
    population = [stay if stay.kind == "job" else Stay(stay.start, None, None) for stay in population]
    read = of(population, as_of)
    gone = [stay.end is not None and stay.end <= as_of for stay in population]
    lengths = [
        (stay.end if seen and stay.end is not None else as_of) - stay.start
        for stay, seen in zip(population, gone, strict=True)
    ]
    library = KaplanMeierFitter().fit(lengths, gone)
    assert read.survivor() == pytest.approx([library.predict(day) for day in range(len(read.weights))], abs=1e-12)


@given(people, days, days)
def test_a_curve_as_of_a_day_knows_nothing_of_later_ones(population: People, as_of: int, later: int) -> None:
    known = [
        Stay(start, None, None) if end is None or end > as_of else Stay(start, end, kind)
        for start, end, kind in population
        if start <= as_of
    ]
    added_later = [Stay(as_of + 1 + later, None, None), Stay(as_of + 1, as_of + 1 + later, "job")]
    assert durations(((stay, 1) for stay in population + added_later), as_of=as_of) == durations(
        ((stay, 1) for stay in known), as_of=as_of
    )


def test_who_has_not_left_yet_leaves_on_a_later_day() -> None:
    history = [Stay(100, 130, "job"), Stay(100, None, None)]
    assert of(history, as_of=129).incidence("job") == [0] * 30
    assert of(history, as_of=130).incidence("job") == [0] * 30 + [0.5]
    assert of(history, as_of=99).survivor() == []


def test_a_curve_ends_on_its_last_day_with_those_beyond_it_at_risk() -> None:
    read = of([left(10, "job"), left(11, "job"), there(500)], days=10)
    assert read.durations.at_risk == (3,) * 11
    assert read.survivor()[-1] == pytest.approx(2 / 3)
    assert read.estimate("job", 11) == UNKNOWN
    with pytest.raises(ValueError, match="the curve has 11 days, none is day 11"):
        read.variance("job", 11)


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["job", "education"])), min_size=1, max_size=30), days)
def test_when_all_were_followed_the_interval_is_that_of_the_plain_share(exits: list[tuple[int, str]], day: int) -> None:
    read = of([*(left(after, kind) for after, kind in exits), there(900)])
    jobs, n = sum(after <= day and kind == "job" for after, kind in exits), len(exits) + 1
    assert read.estimate("job", day) == pytest.approx(wilson(jobs, n), abs=1e-9)
    assert read.variance("job", day) == pytest.approx(jobs * (n - jobs) / n**3, abs=1e-12)


def test_nobody_or_everybody_gives_an_interval_by_those_whose_standing_is_known() -> None:
    nobody = of([*[there(50)] * 20, *[there(10)] * 30, left(5, "moved")])
    assert nobody.estimate("job", 40) == pytest.approx(wilson(0, 21), abs=1e-12)
    everybody = of([left(5, "job")] * 8)
    assert everybody.estimate("job", 5) == pytest.approx(wilson(8, 8), abs=1e-12)


def test_nobody_has_no_curve() -> None:
    read = of([])
    assert (read.survivor(), read.incidence("job"), read.incidences()) == ([], [], {})
    assert read.estimate("job", 0) == UNKNOWN


@pytest.mark.parametrize(
    ("stay", "count", "days"),
    [(Stay(10, 9, "job"), 1, 730), (Stay(10, 11, "job"), -1, 730), (Stay(10, 11, "job"), 1, -1)],
)
def test_what_cannot_be_is_refused(stay: Stay, count: int, days: int) -> None:
    with pytest.raises(ValueError, match=r"cannot have stayed|a curve has days from 0"):
        durations([(stay, count)], as_of=TODAY, days=days)
