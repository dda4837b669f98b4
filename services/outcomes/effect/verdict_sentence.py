"""The verdict on a pilot in plain Danish, as a screen says it."""

from services.outcomes.effect.pilot_verdict import MEASURES, PilotVerdict

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


def said(verdict: PilotVerdict) -> str:
    """The verdict with the counts behind it."""
    judged, pilot = verdict.judged, verdict.pilot
    if pilot.measure not in MEASURES:
        return f"Kan ikke afgøres: {pilot.measure} er ikke et mål, som en pilot kan afgøres på."
    sentence = f"{ANSWERS[judged.verdict]}: {_measured(judged.n, pilot.planned_size)}."
    if judged.n:
        sentence += (
            f" {judged.successes} af dem ({_percent(judged.successes / judged.n)}) nåede målet."
            f" Den sande andel ligger mellem {_percent(judged.low)} og {_percent(judged.high)},"
            f" {AGAINST[judged.verdict].format(_percent(judged.benchmark))}."
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


def _percent(share: float) -> str:
    """With one decimal, where there is any: 45 %, 8,3 %."""
    return f"{share * 100:.1f}".removesuffix(".0").replace(".", ",") + " %"
