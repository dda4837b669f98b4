"""From which day on a cell counts as what: worked out by hand."""

from services.outcomes.effect.catalogue import job_entry
from services.outcomes.effect.catalogue.job_entry import PROVISIONAL, WAITING
from services.outcomes.effect.cells import Attempt, FunnelCell, ParticipationCell
from services.outcomes.effect.figures import frame
from services.outcomes.effect.placed import ALL_MATURED, JOB, MATURED, MOVED_ON, SO_FAR, STARTED, placed
from services.outcomes.effect.references import References
from services.outcomes.effect.stages import FIRST, Stages, stages
from services.outcomes.effect.steps import Counts, Step, counted, foremost, while_it_holds

RUNNING = ParticipationCell(
    "participation", "0101", "k1", "h1", "2", "skilled", "none",
    started=100, ended=None, reason=None, certified=None, ordinary=None, wage_subsidy=None, praktik=None, flexjob=None,
    standings=(), left=None, way=None, known=None, provisional=(),
)  # fmt: skip
DONE = RUNNING._replace(ended=120, reason="completed")


def as_of(steps: list[Step], day: int) -> Counts:
    """The counts that the steps come to, under no cut."""
    return counted([([([()], steps)], 1)], day).get((), {})


def test_the_best_kind_begun_counts_until_a_better_one_begins() -> None:
    cell = DONE._replace(praktik=125, wage_subsidy=130, ordinary=140)
    assert sorted(placed(cell, MOVED_ON, 30), key=str) == sorted(
        [
            (100, STARTED, 1),
            (125, (SO_FAR, "praktik"), 1),
            (130, (SO_FAR, "praktik"), -1),
            (130, (SO_FAR, "wage_subsidy"), 1),
            (140, (SO_FAR, "wage_subsidy"), -1),
            (140, (SO_FAR, "ordinary"), 1),
            (151, ALL_MATURED, 1),
            (151, (MATURED, "ordinary"), 1),
        ],
        key=str,
    )


def test_a_lesser_kind_that_begins_later_never_counts() -> None:
    cell = DONE._replace(ordinary=125, praktik=125, wage_subsidy=130)
    assert as_of(placed(cell, MOVED_ON, 30), 200) == {
        STARTED: 1, (SO_FAR, "ordinary"): 1, ALL_MATURED: 1, (MATURED, "ordinary"): 1
    }  # fmt: skip


def test_a_job_begun_after_the_window_is_none_and_the_last_day_of_it_is_one() -> None:
    assert as_of(placed(DONE._replace(ordinary=151), JOB, 30), 400) == {STARTED: 1, ALL_MATURED: 1}
    within = placed(DONE._replace(ordinary=150), JOB, 30)
    assert as_of(within, 150) == {STARTED: 1, (SO_FAR, "ordinary"): 1}
    assert as_of(within, 151)[MATURED, "ordinary"] == 1


def test_a_running_participation_is_never_mature() -> None:
    assert as_of(placed(RUNNING._replace(ordinary=5000), JOB, 30), 9000) == {STARTED: 1, (SO_FAR, "ordinary"): 1}


def test_a_cohort_begins_with_the_first_stage_that_anyone_has() -> None:
    """Anna is enrolled on day 5 and only later invited, on day 7; Berit is invited on day 9."""
    person = ("funnel", "0101", "h1", "2", "skilled", "none")
    anna = FunnelCell(*person, identified=None, invited=7, accepted=None, enrolled=5, attempts=())
    berit = FunnelCell(*person, identified=None, invited=9, accepted=None, enrolled=None, attempts=())
    told = [([([()], stages(cell, 30))], 1) for cell in (anna, berit)]

    def first(day: int) -> int:
        return Stages.of(counted(told, day).get((), {})).first()

    assert [first(day) for day in (4, 5, 7, 8, 9)] == [0, 1, 1, 1, 2]
    assert counted(told, 6)[()][FIRST, "h1", "enrolled"] == 1


def test_a_stage_is_reached_by_the_first_attempt_that_does_so_in_its_window() -> None:
    late = Attempt(100, 110, "dropped_out", None, None, None, None, ordinary=145)
    later = Attempt(130, 140, "completed", 150, 135, None, None, ordinary=145)
    cell = FunnelCell("funnel", "0101", "h1", None, None, "none", None, None, None, None, (late, later))
    reached = {what: day for day, what, _ in stages(cell, 30) if isinstance(what, str)}
    assert reached == {
        "started": 100, "ended:dropped_out": 110, "completed": 140, "certified": 150, "met": 135, "job": 145
    }  # fmt: skip


def test_while_an_exit_is_provisional_she_is_followed_until_the_day_before_it() -> None:
    asked = frame(References(), indicator="job_entry")

    def standing(cell: ParticipationCell, day: int) -> Counts:
        return counted([(job_entry.steps(cell, asked), 1)], day).get((), {})

    back = DONE._replace(provisional=((150, 160),))
    assert [standing(back, day) for day in (99, 100, 149)] == [{}, {(WAITING, 100): 1}, {(WAITING, 100): 1}]
    assert [standing(back, day) for day in (150, 159)] == [{(PROVISIONAL, 49): 1}] * 2
    assert standing(back, 160) == {(WAITING, 100): 1}
    stayed_away = back._replace(provisional=((150, 180),), left=150, way="left", known=180)
    assert standing(stayed_away, 179) == {(PROVISIONAL, 49): 1}
    assert standing(stayed_away, 180) == {("left", 50): 1}
    in_a_job_meanwhile = stayed_away._replace(left=170, way="job", known=170)
    assert standing(in_a_job_meanwhile, 169) == {(PROVISIONAL, 49): 1}
    assert standing(in_a_job_meanwhile, 170) == {("job", 70): 1}


def test_what_ends_without_a_trace_is_no_count() -> None:
    assert as_of(while_it_holds("here", 10, 20), 20) == {}
    assert as_of(while_it_holds("here", 10, None), 10) == {"here": 1}
    assert list(foremost([("gold", 9), ("silver", 9), ("bronze", 2)])) == [("gold", 9, None), ("bronze", 2, 9)]
