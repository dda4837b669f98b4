"""What the desk says in Danish when something was done, and when it could not be done.

``SAID`` has a sentence for each code that a page sends people on with (``?sagt=``). ``REFUSALS`` has, for the code of a
problem, what is wrong and what to do on a page of each part; a problem without words is told by its own English title.
What things are called is in ``docs/words.md``.
"""

from collections.abc import Mapping

from markupsafe import Markup

from services.desk.access_log import words as access_log
from services.desk.citizens import words as citizens
from services.desk.cohorts import words as cohorts
from services.desk.companies import words as companies
from services.desk.efforts import words as efforts
from services.desk.operations import words as operations
from services.desk.workshops import words as workshops
from shared.problems import Problem

SAID: Mapping[str, str] = {
    **efforts.SAID,
    **citizens.SAID,
    **cohorts.SAID,
    **workshops.SAID,
    **companies.SAID,
    **operations.SAID,
}
COMMON: Mapping[str, str] = {
    "service-away": "En del af systemet svarer ikke lige nu. Der er ikke ændret noget. Vent et øjeblik, og prøv igen.",
    "service-failed": "Noget gik galt hos os. Prøv igen om lidt. Sig det til driften, hvis det bliver ved.",
    "database-unavailable": "Databasen svarer ikke lige nu. Vent et øjeblik, og send igen. Det sker kun én gang.",
    "access-log-unavailable": "Opslaget kunne ikke skrives i loggen, og derfor vises der intet. Prøv igen om lidt.",
    "version-conflict": "En anden har ændret det samme, siden du åbnede siden. Se, hvad der står nu, og prøv igen.",
    "invalid": "Noget i formularen er ikke udfyldt rigtigt. Ret det, og send igen.",
    "role-missing": "Din rolle må ikke gøre dette.",
    "municipality-foreign": "Det hører til en kommune, som du ikke arbejder for.",
}
REFUSALS: Mapping[str, Mapping[str, str]] = {
    "efforts": efforts.REFUSALS,
    "citizens": citizens.REFUSALS,
    "cohorts": cohorts.REFUSALS,
    "workshops": workshops.REFUSALS,
    "companies": companies.REFUSALS,
    "access_log": access_log.REFUSALS,
    "operations": operations.REFUSALS,
}
"""By part: what to do about the same thing differs with the page on which it happened."""


def refusal(problem: Problem, part: str = "") -> str | Markup:
    """What is wrong and what to do on a page of a part, in Danish where we have the words."""
    for words in (REFUSALS.get(part, {}), COMMON, *REFUSALS.values()):
        if problem.code in words:
            return words[problem.code]
    told = f"{problem.title}. {problem.detail}".strip()
    return Markup('Det kunne ikke lade sig gøre: <span lang="en">{}</span>').format(told)
