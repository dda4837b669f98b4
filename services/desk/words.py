"""What the desk says in Danish when something was done, and when it could not be done.

``SAID`` has a sentence for each code that a page sends people on with (``?sagt=``). ``REFUSALS`` has, for the code of a
problem, what is wrong and what to do; a problem without words here is told by its own English title.
"""

from collections.abc import Mapping

from markupsafe import Markup

from services.desk.citizens import words as citizens
from services.desk.cohorts import words as cohorts
from services.desk.companies import words as companies
from shared.problems import Problem

SAID: Mapping[str, str] = {**citizens.SAID, **cohorts.SAID, **companies.SAID}
REFUSALS: Mapping[str, str] = {
    **citizens.REFUSALS,
    **cohorts.REFUSALS,
    "service-away": "En del af systemet svarer ikke lige nu. Der er ikke ændret noget. Vent et øjeblik, og prøv igen.",
    "service-failed": "Noget gik galt hos os. Prøv igen om lidt. Sig det til driften, hvis det bliver ved.",
    "database-unavailable": "Databasen svarer ikke lige nu. Vent et øjeblik, og send igen. Det sker kun én gang.",
    "access-log-unavailable": "Opslaget kunne ikke skrives i loggen, og derfor vises der intet. Prøv igen om lidt.",
    "version-conflict": "En anden har ændret det samme, siden du åbnede siden. Se, hvad der står nu, og prøv igen.",
    "invalid": "Noget i formularen er ikke udfyldt rigtigt. Ret det, og send igen.",
    "role-missing": "Din rolle må ikke gøre dette.",
    **companies.REFUSALS,
}


def refusal(problem: Problem) -> str | Markup:
    """What is wrong and what to do, in Danish where we have the words."""
    known = REFUSALS.get(problem.code)
    if known is not None:
        return known
    told = f"{problem.title}. {problem.detail}".strip()
    return Markup('Det kunne ikke lade sig gøre: <span lang="en">{}</span>').format(told)
