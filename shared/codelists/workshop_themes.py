"""What visits to digital workshops are about: codes with the words that citizens and eMentors read.

An event may carry a code that is not here (``theme`` is an open list): other systems have themes of their own.
"""

from collections.abc import Mapping

THEMES: Mapping[str, str] = {
    "mitid": "MitID",
    "e-boks": "Digital post",
    "jobnet": "Jobnet",
    "application": "Cv og ansøgning",
    "upload": "Sende filer",
    "pdf": "PDF-filer",
    "email": "E-mail",
    "phone": "Min telefon",
    "vikarbureau": "Vikarbureauer",
    "rejseplanen": "Rejseplanen",
    "other": "Andet",
}


def words(theme: str) -> str:
    """``Digital post`` for ``e-boks``; a code without words is its own."""
    return THEMES.get(theme, theme)
