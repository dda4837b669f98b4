"""What a gap says to people, in plain Danish: to the caseworker first, and fit to be read aloud to the citizen."""

from collections.abc import Sequence

from services.assessment.items.competence import AREAS
from shared.contracts.assessment.gap_found import AreaGap, GapReason
from shared.contracts.vocabulary import GapVerdict

_WHY: dict[GapReason, str] = {
    "met": "Det er nok.",
    "below": "Det er under kravet.",
    "out-of-reach": "Der er længere op til kravet, end et kort kursus løfter.",
    "straddles": "Det kan være nok, men det er ikke sikkert. Flere spørgsmål kan afgøre det.",
    "inferred": "Det er kun et skøn ud fra de andre områder, for der er ikke svaret på spørgsmål her. Test det først.",
    "not-measured": "Det er ikke testet endnu.",
}
_MET: dict[str, GapReason] = {"yes": "met", "no": "below", "uncertain": "straddles"}


def area_said(gap: AreaGap) -> str:
    """One area: what the job asks, what was measured and when, and what follows."""
    why = gap.reason or ("not-measured" if gap.level is None else _MET[gap.met])  # told before reasons were
    asks = f"{AREAS[gap.area].da}: Jobbet kræver niveau {gap.demanded}."
    return " ".join(part for part in (asks, _found(gap, inferred=why == "inferred"), _WHY[why]) if part)


def verdict_said(verdict: GapVerdict, areas: Sequence[AreaGap], courses: Sequence[str]) -> str:
    """The verdict; ``courses`` are the titles of those that it rests on, each of which is enough."""
    if verdict == "ready":
        return "Klar nu: Det målte niveau er nok på alle de områder, som jobbet kræver."
    if verdict == "after-course":
        return f"Klar efter {_one_of(courses)}."
    if verdict == "uncertain":
        return f"Uvist: Test mere i {_names(areas, 'uncertain')}."
    lacking = _names(areas, "no")
    if any(gap.reason == "out-of-reach" for gap in areas):
        return f"Ikke endnu: Der er for langt op til kravet i {lacking} til, at et kort kursus er nok."
    return f"Ikke endnu: Der mangler noget i {lacking}, og kommunen har intet kort kursus, der dækker det hele."


def marks(*, calibrated: bool | None, validated: bool | None) -> list[str]:
    """What must stand beside it: that a measurement, or the job's demands, are a judgement."""
    said = []
    if calibrated is False:
        said.append("Ikke kalibreret: Hvor svære spørgsmålene er, er foreløbig et skøn.")
    if validated is False:
        said.append("Ikke valideret: Jobbets krav er et skøn.")
    return said


def _found(gap: AreaGap, *, inferred: bool) -> str:
    if gap.level_low is None or gap.level_high is None:
        return ""
    low, high = gap.level_low, gap.level_high
    level = f"niveau {low}" if low == high else f"niveau {low} til {high}"
    when = f" den {gap.measured_on:%d.%m.%Y}" if gap.measured_on else ""
    return f"{'Udledt' if inferred else 'Målt'} til {level}{when}."


def _one_of(courses: Sequence[str]) -> str:
    if not courses:  # told by another system, which named none
        return "et kursus"
    named = [f"»{title}«" for title in courses]
    return f"kurset {named[0]}" if len(named) == 1 else f"et af kurserne {', '.join(named[:-1])} eller {named[-1]}"


def _names(areas: Sequence[AreaGap], met: str) -> str:
    names = [f"»{AREAS[gap.area].da}«" for gap in areas if gap.met == met] or ["et område"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"
