"""From what courses and outcomes answer to what stands on an effort's page, by hand."""

from datetime import date
from typing import Any

from services.desk.efforts.answers import OF_AN_EFFORT, PUBLISHED, Answer, Answers
from services.desk.efforts.asked import Asked
from services.desk.efforts.depth import Depth, depth
from services.desk.efforts.published import FEW, OTHER_DAY, published
from services.desk.share import Share
from services.outcomes.effect.catalogue import CATALOGUE
from shared.problems import Refused

TODAY, K1, K2 = date(2022, 6, 15), "k1", "k2"
CATALOGUED = {
    key: {name: getattr(one, name) for name in one.__slots__} for key, one in CATALOGUE.items()
}  # as GET /effect/catalogue tells it


def course(**more: Any) -> dict[str, Any]:
    """A course with two cohorts, one of which was cancelled."""
    cohort = {"cohort_id": "h1", "starts": "2021-09-06", "ends": "2021-10-01", "capacity": 25, "cancelled_on": None}
    gone = {
        "cohort_id": "h0",
        "starts": "2021-01-01",
        "ends": "2021-02-01",
        "capacity": 9,
        "cancelled_on": "2020-12-01",
    }
    return {
        "course_id": K1, "title": "Digital koordinator", "kind": "mikrosprint", "provider": "Ivækst",
        "methods": ["classroom"], "it_specific": False, "target_groups": ["1"], "cohorts": [cohort, gone],
    } | more  # fmt: skip


def row(indicator: str, course_id: str, numerator: int, denominator: int, **more: Any) -> dict[str, Any]:
    """A row by course."""
    return {
        "indicator": indicator, "dimensions": {"course": course_id} | more.pop("dimensions", {}), "window": 182,
        "as_of": "2022-06-15", "so_far": numerator, "numerator": numerator, "denominator": denominator,
        "definition": indicator,
    } | more  # fmt: skip


def moved_on(course_id: str, job: int, praktik: int, of: int, **more: Any) -> dict[str, Any]:
    """A row of moved_on."""
    split = {"ordinary": job, "wage_subsidy": 0, "praktik": praktik}
    return row("moved_on", course_id, job + praktik, of, split=split, split_so_far=split, **more)


def answers(**told: list[dict[str, Any]] | Refused) -> Answers:
    """Answers by course to these indicators, ``groups`` those of moved_on by target group; nothing to all others."""
    found: dict[tuple[str, str], Answer] = {question: [] for question in (*OF_AN_EFFORT, *PUBLISHED)}
    found["moved_on", "course,target_group"] = told.pop("groups", [])
    found |= {(indicator, "course"): answer for indicator, answer in told.items()}
    return Answers(found, CATALOGUED)


def shown(found: Answers, as_of: date = TODAY, **more: Any) -> Depth:
    """The page as of a day."""
    return depth(course(**more), found, [], Asked(TODAY, as_of), "0370")


def started(count: int) -> list[dict[str, Any]]:
    """The funnel of a course, and of another."""
    return [row("funnel", K1, count, count, stage="started"), row("funnel", K2, 99, 99, stage="started")]


def test_only_the_rows_of_the_course_are_shown() -> None:
    told = answers(funnel=started(23), moved_on=[moved_on(K2, 50, 0, 60), moved_on(K1, 3, 1, 23)])
    found = shown(told)
    assert found.card.headline == "23 borgere startede: 23 er i gang."
    assert found.card.moved_on is not None
    assert found.card.moved_on.ordinary.share == Share.of(3, 23)
    assert found.card.moved_on.measure.share == Share.of(4, 23)
    assert found.situation == ""
    assert [measure.key for measure in found.card.measures] == ["mikrosprint_job", "upskilled_praktik"]
    assert [note.key for note in found.notes][:2] == ["moved_on", "mikrosprint_job"]
    assert "it_course_job" not in [note.key for note in found.notes]


def test_target_groups_stand_in_the_order_of_the_statute() -> None:
    rows = [moved_on(K1, 1, 0, 8, dimensions={"target_group": code}) for code in ("10", None, "2")] + [
        moved_on(K2, 9, 0, 9, dimensions={"target_group": "1"})
    ]
    groups = shown(answers(funnel=started(23), groups=rows)).groups
    assert [group.name.partition(",")[0].partition(" ")[0] for group in groups] == [
        "Jobparate",
        "Revalidender",
        "Ukendt",
    ]
    assert groups[0].job == Share.of(1, 8)
    assert (groups[0].people, groups[0].jobs) == (8, 1)


def test_why_there_is_nothing_to_see() -> None:
    before = shown(answers(), date(2021, 9, 5)).situation.replace("\N{NO-BREAK SPACE}", " ")
    assert before == "Den 5. september 2021 var ingen startet endnu. Det første hold begynder 6. september 2021."
    nobody = shown(answers(), date(2021, 10, 1)).situation.replace("\N{NO-BREAK SPACE}", " ")
    assert nobody == "Den 1. oktober 2021 er ingen registreret som startet."
    assert shown(answers(), cohorts=[]).situation == "Der er ingen hold endnu, så der er intet at måle."
    early = shown(answers(funnel=started(23)), date(2021, 10, 31)).situation.replace("\N{NO-BREAK SPACE}", " ")
    assert early.startswith("23 borgere er startet, men ingen kan tælles med i andelene endnu.")
    assert early.endswith("Det første hold er helt med fra 2. april 2022.")  # 1 October and 182 days, and one


def test_published_figures_say_why_they_are_not_there() -> None:
    few = Refused("too-few-persons", "few")
    other = Refused("day-not-published", "not then", allowed=["2022-03-31", "2021-12-31"])
    told = answers(moved_on=[moved_on(K1, 5, 5, 20)], mikrosprint_job=few, retained=other, status_after=[])
    by_key = {figure.whole.key: figure for figure in published(course(), told)}
    assert set(by_key) == {"mikrosprint_job", "moved_on", "status_after", "retained"}  # it is no specific IT course
    moved = by_key["moved_on"]
    assert moved.whole.share == Share.of(10, 20)
    assert moved.whole.beside == "Heraf 5 i ordinært job, 0 i job med løntilskud og 5 i virksomhedspraktik."
    assert moved.as_of == TODAY
    assert (by_key["mikrosprint_job"].whole.share, by_key["mikrosprint_job"].whole.waiting) == (None, FEW)
    assert by_key["retained"].whole.waiting == OTHER_DAY
    assert by_key["status_after"].whole.waiting == FEW  # others are told, this course is not
    assert told.days == (date(2021, 12, 31), date(2022, 3, 31))


def test_published_standings_are_shares_of_all() -> None:
    rows = [
        row("status_after", K1, 6, 20, stage="job", after_months=6),
        row("status_after", K1, 14, 20, stage="unemployed", after_months=6),
    ]
    found = {figure.whole.key: figure.whole for figure in published(course(), answers(status_after=rows))}
    assert found["status_after"].share == Share.of(6, 20)
    assert [(part.name, part.share) for part in found["status_after"].parts] == [
        ("Ordinært job", Share.of(6, 20)), ("Ledig", Share.of(14, 20)),
    ]  # fmt: skip
