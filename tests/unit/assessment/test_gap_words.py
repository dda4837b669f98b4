"""What a gap says in Danish: every reason, every verdict, every mark."""

from datetime import date
from typing import Any

import pytest

from services.assessment.views.gap_words import area_said, marks, verdict_said
from shared.contracts.assessment.gap_found import AreaGap


def gap(area: int, met: str, **given: Any) -> AreaGap:
    return AreaGap.model_validate({"area": area, "demanded": 4, "met": met} | given)


FOUND = {"level": 3, "level_low": 3, "level_high": 4, "measured_on": date(2026, 11, 2)}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            gap(1, "yes", reason="met", **FOUND | {"level_low": 5, "level_high": 5}),
            "Finde og vurdere information: Jobbet kræver niveau 4. Målt til niveau 5 den 02.11.2026. Det er nok.",
        ),
        (
            gap(2, "no", reason="below", **FOUND | {"level_high": 3}),
            "Kontakt og samarbejde: Jobbet kræver niveau 4. Målt til niveau 3 den 02.11.2026. Det er under kravet.",
        ),
        (
            gap(3, "uncertain", reason="straddles", **FOUND),
            "Lave digitalt indhold: Jobbet kræver niveau 4. Målt til niveau 3 til 4 den 02.11.2026."
            " Det kan være nok, men det er ikke sikkert. Flere spørgsmål kan afgøre det.",
        ),
        (
            gap(4, "uncertain", reason="inferred", **FOUND),
            "Sikkerhed: Jobbet kræver niveau 4. Udledt til niveau 3 til 4 den 02.11.2026."
            " Det er kun et skøn ud fra de andre områder, for der er ikke svaret på spørgsmål her. Test det først.",
        ),
        (
            gap(5, "uncertain", reason="not-measured"),
            "Løse problemer: Jobbet kræver niveau 4. Det er ikke testet endnu.",
        ),
        # as gaps were told before they had reasons and days
        (
            gap(5, "no", level=2, level_low=2, level_high=3),
            "Løse problemer: Jobbet kræver niveau 4. Målt til niveau 2 til 3. Det er under kravet.",
        ),
        (gap(5, "uncertain"), "Løse problemer: Jobbet kræver niveau 4. Det er ikke testet endnu."),
    ],
)
def test_an_area_says_what_is_asked_what_was_found_and_what_follows(told: AreaGap, said: str) -> None:
    assert area_said(told) == said


def test_verdicts() -> None:
    met, below = gap(1, "yes", reason="met"), gap(2, "no", reason="below")
    unsure, unknown = gap(3, "uncertain", reason="straddles"), gap(5, "uncertain", reason="not-measured")
    far = gap(4, "no", reason="out-of-reach")
    assert verdict_said("ready", [met], []).startswith("Klar nu: ")
    assert verdict_said("after-course", [below], ["Kontorpakken"]) == "Klar efter kurset »Kontorpakken«."
    assert verdict_said("after-course", [below], ["A", "B", "C"]) == "Klar efter et af kurserne »A«, »B« eller »C«."
    assert (
        verdict_said("uncertain", [met, unsure, unknown], [])
        == "Uvist: Test mere i »Lave digitalt indhold« og »Løse problemer«."
    )
    assert verdict_said("not-yet", [below, unsure], []) == (
        "Ikke endnu: Der mangler noget i »Kontakt og samarbejde«,"
        " og kommunen har intet kort kursus, der dækker det hele."
    )
    assert verdict_said("not-yet", [far], []) == (
        "Ikke endnu: Der er for langt op til kravet i »Sikkerhed« til, at et kort kursus er nok."
    )


def test_only_what_is_a_judgement_is_marked() -> None:
    assert marks(calibrated=True, validated=True) == marks(calibrated=None, validated=None) == []
    assert [mark.partition(":")[0] for mark in marks(calibrated=False, validated=False)] == [
        "Ikke kalibreret",
        "Ikke valideret",
    ]
