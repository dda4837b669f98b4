"""The verdict on a pilot in plain Danish, as a screen says it."""

from services.outcomes.effect.pilot_verdict import MEASURES, PilotVerdict
from services.outcomes.effect.verdict import Verdict

RULE = (
    "Deltagelser i pilotens kursus, der er begyndt på registreringsdagen eller senere, måles med pilotens mål og "
    "vindue og tælles i den rækkefølge, de begyndte: en deltagelse er talt, når den selv og alle, der begyndte før den "
    "eller samme dag, er modne. Stop: hele intervallet ligger under kravet. Fortsæt: hele intervallet ligger over "
    "kravet. Ellers kan det ikke afgøres endnu. Man må se efter hver dag: risikoen for, at intervallet på noget "
    "tidspunkt ikke rummer den sande andel, er højst 5 %. Et menneske afgør og giver en begrundelse."
)
"""How a pilot is judged."""
ANSWERS = {
    "continue": "Fortsæt",
    "stop": "Stop",
    "cannot-tell-yet": "Kan ikke afgøres endnu",
}
AGAINST = {
    "continue": "over kravet på {}",
    "stop": "under kravet på {}",
    "cannot-tell-yet": "og kravet på {} ligger imellem",
}
FINEST = 6
"""Decimals of a percentage from which on nobody looks closer."""


def said(verdict: PilotVerdict) -> str:
    """The verdict with the counts behind it."""
    judged, pilot = verdict.judged, verdict.pilot
    if pilot.measure not in MEASURES:
        return f"Kan ikke afgøres: {pilot.measure} er ikke et mål, som en pilot kan afgøres på."
    sentence = f"{ANSWERS[judged.verdict]}: {_measured(judged.n, pilot.planned_size)}."
    if judged.n:
        low, high, benchmark = _beside(judged)
        sentence += (
            f" {judged.successes} af dem ({_percent(judged.successes / judged.n)}) nåede målet."
            f" Den sande andel ligger mellem {low} og {high}, {AGAINST[judged.verdict].format(benchmark)}."
        )
    if verdict.waiting:
        sentence += f" {verdict.waiting} mere er målt, men venter på nogen, der begyndte før dem eller samme dag."
    return sentence


def said_without_counts(verdict: PilotVerdict) -> str:
    """The verdict for those who may not see how few it rests on."""
    if verdict.pilot.measure not in MEASURES:
        return said(verdict)
    return f"{ANSWERS[verdict.judged.verdict]}. Kravet er {_percent(verdict.pilot.benchmark)}."


def _measured(n: int, planned: int) -> str:
    if n > planned:
        return f"{n} er målt, flere end de {planned} planlagte"
    return f"{n or 'ingen'} af {planned} planlagte er målt"


def _beside(judged: Verdict) -> tuple[str, str, str]:
    """The ends of the interval and the benchmark, with so many decimals that no end seems to be the benchmark."""
    for decimals in range(1, FINEST):
        low, high, benchmark = (_percent(share, decimals) for share in (judged.low, judged.high, judged.benchmark))
        if benchmark not in (low, high):
            break
    return low, high, benchmark


def _percent(share: float, decimals: int = 1) -> str:
    """With decimals where there are any: 45 %, 8,3 %."""
    text = f"{share * 100:.{decimals}f}"
    return text.rstrip("0").rstrip(".").replace(".", ",") + " %"
