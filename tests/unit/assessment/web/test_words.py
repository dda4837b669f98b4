"""What the citizen reads of her result, against sentences written by hand."""

import pytest

from services.assessment.forecasts import PoolForecast
from services.assessment.items.competence import AREAS
from services.assessment.rules.advice import Next, next_steps
from services.assessment.views.session import QuestionView
from services.assessment.web import next_words, notices, refusals, wording
from services.assessment.web.next_words import PRACTICE, Said, said
from shared.contracts.assessment.result import AreaResult


def area(number: int, level: int, low: int, high: int, items: int = 4) -> AreaResult:
    """The result of one area; the ability is the level's."""
    return AreaResult(
        area=number, ability=level / 2, standard_error=0.4, level=level, level_low=low, level_high=high, items=items
    )


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (2, 4, "sandsynligvis mellem niveau 2 (grundlæggende) og niveau 4 (øvet)"),
        (5, 6, "sandsynligvis mellem niveau 5 og niveau 6 (avanceret)"),
        (8, 8, "sandsynligvis niveau 8 (specialiseret)"),
        (1, 8, "sandsynligvis mellem niveau 1 (grundlæggende) og niveau 8 (specialiseret)"),
    ],
)
def test_an_interval_in_words(low: int, high: int, words: str) -> None:
    assert wording.interval(low, high) == words


def test_every_level_has_a_word_and_a_meaning() -> None:
    groups = [wording.level(level) for level in range(1, 9)]
    assert [group.split("(")[1] for group in groups] == [
        *["grundlæggende)"] * 2, *["øvet)"] * 2, *["avanceret)"] * 2, *["specialiseret)"] * 2,
    ]  # fmt: skip
    assert wording.you(4) == "Du klarer selv almindelige opgaver og kendte problemer."
    assert wording.meaning(3) == "Klarer selv almindelige opgaver og kendte problemer."


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "Som regel er der omkring 22 i alt, og aldrig flere end 40."),
        (21, "Som regel er der omkring 22 i alt, og aldrig flere end 40."),
        (22, "Der er højst 18 tilbage efter dette."),
        (39, "Der er højst 1 tilbage efter dette."),
        (40, "Det er det sidste spørgsmål."),
    ],
)
def test_progress_promises_nothing_that_does_not_hold(number: int, words: str) -> None:
    question = QuestionView(number=number, most=40, kind="short", device="any", question=AREAS[1])
    assert wording.progress(question, 21.7) == words


def test_what_to_expect() -> None:
    forecast = PoolForecast(
        device="phone", pool="phone", items=22.4, items_p90=30, tried_out=1, standard_errors=[0.4] * 5, levels_wide=1.9
    )
    assert wording.length(forecast) == "Omkring 23 spørgsmål. Ni ud af ti er færdige efter 31."
    assert wording.precision(forecast) == "et spænd på omkring 2 niveauer ud af 8"
    assert wording.precision(forecast.model_copy(update={"levels_wide": 1.2})) == "et spænd på omkring 1 niveau ud af 8"


class TestNext:
    def test_the_two_areas_that_gain_most_come_first_and_no_more_than_two(self) -> None:
        areas = [area(1, 6, 5, 6), area(2, 2, 1, 3), area(3, 3, 3, 4), area(4, 4, 3, 4), area(5, 8, 7, 8)]
        assert next_steps(areas) == [Next("workshop", (2,)), Next("course", (3,))]

    def test_of_two_on_one_level_the_lower_ability_comes_first(self) -> None:
        lower = area(4, 3, 2, 3).model_copy(update={"ability": -1.0})
        assert next_steps([area(2, 3, 2, 3), lower, area(5, 3, 2, 3)])[0] == Next("course", (4,))

    def test_who_can_everything_is_told_to_use_it(self) -> None:
        assert next_steps([area(number, 7, 7, 8) for number in range(1, 6)]) == [Next("use", (1, 2, 3, 4, 5))]

    def test_one_area_at_the_top_needs_no_course(self) -> None:
        assert next_steps([area(1, 6, 5, 6), area(2, 8, 7, 8)]) == [Next("course", (1,))]

    def test_nothing_is_advised_on_a_guess(self) -> None:
        areas = [area(1, 1, 1, 2, items=0), area(2, 3, 3, 4), area(3, 5, 5, 6), area(4, 2, 1, 8, items=0)]
        assert next_steps(areas) == [Next("course", (2,)), Next("course", (3,)), Next("measure", (1, 4))]

    def test_nothing_measured(self) -> None:
        assert next_steps([area(number, 4, 1, 8, items=0) for number in range(1, 6)]) == [Next("together")]
        assert next_steps([]) == [Next("together")]

    def test_what_is_not_sure_may_be_measured_again(self) -> None:
        areas = [area(1, 3, 2, 5), area(2, 3, 2, 4), area(3, 6, 4, 7)]
        assert next_steps(areas)[-1] == Next("again", (1, 3))

    def test_every_area_has_something_concrete_for_every_group(self) -> None:
        assert {number: len(texts) for number, texts in PRACTICE.items()} == dict.fromkeys(AREAS, 4)
        assert len({text for texts in PRACTICE.values() for text in texts}) == 20

    def test_it_is_said_kindly_and_by_name(self) -> None:
        areas = [area(1, 3, 2, 4), area(4, 2, 1, 2), area(2, 3, 3, 4, items=0), area(5, 3, 3, 4, items=0)]
        assert said(Next("workshop", (4,)), areas) == Said(
            "Sikkerhed",
            "Øv dig i at kende en falsk mail eller sms, og sæt lås på skærmen på din telefon. "
            "Kom i det digitale værksted. Der hjælper en eMentor dig i gang.",
        )
        assert "kort kursus" in said(Next("course", (1,)), areas).text
        assert "Vi målte ikke: Kontakt og samarbejde og Løse problemer." in said(Next("measure", (2, 5)), areas).text
        assert "eMentor" in said(Next("together"), areas).title
        assert "usikkert for: Sikkerhed" in said(Next("again", (4,)), areas).text
        assert said(Next("use", (1,)), areas).title == "Brug det, du kan"

    def test_no_words_of_blame(self) -> None:
        everything = " ".join(
            [text for texts in next_words.PRACTICE.values() for text in texts]
            + [refusal.title + refusal.text for refusal in refusals.BY_CODE.values()]
            + list(notices.NOTICES.values())
        ).lower()
        for word in ("desværre", "fejlede", "forkert", "dårlig", "mangler du", "svag", "ugyldig"):
            assert word not in everything
