"""Candidates by verdict."""

from typing import Any

from services.desk.companies.screening import screening

ONE, TWO = "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01", "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c02"


def candidate(citizen_id: str, verdict: str) -> dict[str, Any]:
    return {
        "citizen_id": citizen_id,
        "verdict": verdict,
        "said": "Det er nok.",
        "marks": [],
        "areas": [{"said": "Sikkerhed: Det er nok."}],
    }


TOLD: dict[str, Any] = {
    "demands": [{"area": 4, "level": 3}],
    "marks": ["Ikke valideret: Jobbets krav er et skøn."],
    "counts": {"ready": 1, "after-course": 0, "uncertain": 0, "not-yet": 25},
    "not_tested": 7,
    "candidates": [candidate(ONE, "ready"), candidate(TWO, "not-yet")],
}


def test_candidates_stand_under_their_verdict_with_all_that_have_it_counted() -> None:
    shown = screening(TOLD, verdict="", skip=0)
    assert [(group.title, group.count, len(group.candidates)) for group in shown.groups] == [
        ("Klar nu", 1, 1),
        ("Klar efter et kursus", 0, 0),
        ("Uvist – test mere", 0, 0),
        ("Ikke endnu", 25, 1),
    ]
    first = shown.groups[0].candidates[0]
    assert (first.name, first.reasons) == ("Borger 0a6a-1c01", ("Sikkerhed: Det er nok.",))
    assert (shown.tested, shown.not_tested, shown.asked) == (26, 7, ("Sikkerhed: niveau 3 (øvet)",))


def test_a_list_goes_on_until_all_of_the_verdict_were_shown() -> None:
    assert screening(TOLD, verdict="", skip=0).after == 2
    assert screening(TOLD, verdict="", skip=24).after is None
    only = TOLD | {"candidates": [candidate(TWO, "not-yet")]}
    assert screening(only, verdict="not-yet", skip=20).after == 21
    assert screening(only, verdict="not-yet", skip=24).after is None
    assert [group.verdict for group in screening(only, verdict="not-yet", skip=0).groups] == ["not-yet"]
