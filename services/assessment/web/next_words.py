"""What to do next, in words: concrete, and about what comes, never about what somebody cannot do. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from services.assessment.rules.advice import Next, group
from services.assessment.web import wording
from shared.contracts.assessment.result import AreaResult
from shared.danish import joined

PRACTICE = {
    1: (
        "Øv dig i at søge på Jobnet: Skriv et job og en by, og gem et opslag, du kan lide.",
        "Øv dig i at se, hvem der står bag en side, og i at finde det samme svar to steder.",
        "Øv dig i at søge i meget på én gang: Brug filtre, sortér et regneark, og skriv ned, hvor tallene er fra.",
        "Vis andre, hvordan man efterprøver en kilde og holder orden i fælles filer.",
    ),
    2: (
        "Øv dig i at sende en mail med en fil, og i at åbne din Digital Post.",
        "Øv dig i at dele en fil, så kun de rigtige kan se den, og i at være med i et videomøde.",
        "Øv dig i at arbejde flere i det samme dokument, og i at styre, hvem der må rette.",
        "Hjælp andre til gode aftaler om fælles filer og beskeder.",
    ),
    3: (
        "Øv dig i at skrive dit cv på en computer, gemme det og lave det til en pdf.",
        "Øv dig i et lille regneark: Skriv tal ind, læg dem sammen, og sortér dem.",
        "Øv dig i at lade computeren gøre det samme igen for dig, for eksempel med en formel eller en regel i mailen.",
        "Lav en skabelon eller en lille arbejdsgang, som andre kan bruge.",
    ),
    4: (
        "Øv dig i at kende en falsk mail eller sms, og sæt lås på skærmen på din telefon.",
        "Gå dine apps igennem: Hvad må de bruge? Sluk for det, de ikke har brug for.",
        "Øv dig i reglerne for andres oplysninger på arbejdet: Hvem må se dem, og hvor længe må de gemmes?",
        "Hjælp andre med at øve, hvad man gør, når noget går galt.",
    ),
    5: (
        "Øv dig i at prøve selv først: Genstart, se, om der er net, og læs, hvad der står på skærmen.",
        "Øv dig i at søge efter løsningen på en fejl, og i at beskrive den, så andre kan hjælpe.",
        "Øv dig i at vælge mellem to programmer: Skriv ned, hvad du skal bruge, og prøv dem begge.",
        "Vær den, de andre spørger – og find ud af, hvad du selv vil lære som det næste.",
    ),
}
"""For each area, what brings one further from each group of levels."""


class Said(NamedTuple):
    """A heading, and what to do."""

    title: str
    text: str


def said(step: Next, areas: Sequence[AreaResult]) -> Said:
    """One thing to do."""
    names = joined([wording.area(area) for area in step.areas])
    match step.kind:
        case "together":
            return Said(
                "Prøv sammen med en eMentor",
                "Testen kunne ikke måle noget denne gang. Spørg, om I skal tage den sammen.",
            )
        case "workshop":
            return Said(
                names,
                f"{_practice(step, areas)} Kom i det digitale værksted. Der hjælper en eMentor dig i gang.",
            )
        case "course":
            return Said(
                names,
                f"{_practice(step, areas)} Spørg din jobkonsulent, om der er et kort kursus.",
            )
        case "use":
            best = " ".join(PRACTICE[area][-1] for area in step.areas[:1])
            return Said("Brug det, du kan", f"Fortæl din jobkonsulent, hvad du kan. Det kan bruges i et job. {best}")
        case "measure":
            return Said(
                "Få det hele målt",
                f"Vi målte ikke: {names}. Vil du have det med, så spørg om en ny test, og svar også på de spørgsmål.",
            )
        case "again":
            return Said(
                "Få et mere sikkert svar",
                f"Svaret er usikkert for: {names}. Tag testen igen, når du har øvet dig lidt.",
            )


def _practice(step: Next, areas: Sequence[AreaResult]) -> str:
    (area,) = (area for area in areas if area.area == step.areas[0])
    return PRACTICE[area.area][group(area.level)]
