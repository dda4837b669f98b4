"""What a page of an effort is asked to show: as of which day, as known when, in which window. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from services.desk import wording
from shared import danish

USUAL_WINDOW = 182


@dataclass(frozen=True, slots=True)
class Asked:
    """The question. ``as_of`` is None where the last published day is meant; ``known`` where everything counts.

    ``wrong`` has a sentence for whatever was asked that cannot be shown.
    """

    today: date
    as_of: date | None = None
    known: date | None = None
    window: int = USUAL_WINDOW
    printed: bool = False
    wrong: tuple[str, ...] = ()

    @property
    def is_now(self) -> bool:
        """Whether it is about today, with all that is known."""
        return self.as_of == self.today and self.known is None

    def parameters(self) -> dict[str, str]:
        """As outcomes is asked."""
        named = {"as_of": self.as_of, "known": self.known, "window": self.window}
        return {name: str(value) for name, value in named.items() if value is not None}

    def address(self, **other: object) -> str:
        """The query of the same page with something else: ``?dag=2021-12-31``; None leaves a thing out."""
        now: dict[str, object] = {
            "dag": self.as_of if self.as_of != self.today else None,
            "kendt": self.known,
            "vindue": self.window if self.window != USUAL_WINDOW else None,
        } | other
        chosen = {name: str(value) for name, value in now.items() if value is not None}
        return f"?{urlencode(chosen)}" if chosen else "?"


def asked(query: Mapping[str, str], today: date) -> Asked:
    """The question of whoever may see any day. What cannot be read is left out, and said."""
    as_of, about_day = _day(query.get("dag", ""), today)
    known, about_known = _day(query.get("kendt", ""), today)
    window = query.get("vindue", "")
    return Asked(
        today,
        as_of or today,
        known if known != today else None,
        int(window) if window.isdecimal() and int(window) in wording.WINDOWS else USUAL_WINDOW,
        "udskrift" in query,
        tuple(said for said in (about_day, about_known) if said),
    )


def asked_of_published(query: Mapping[str, str], today: date) -> Asked:
    """The question of whoever sees what is published: of one day, or the last one; other choices there are none."""
    as_of, wrong = _day(query.get("dag", ""), today)
    return Asked(today, as_of, printed="udskrift" in query, wrong=(wrong,) if wrong else ())


def _day(text: str, today: date) -> tuple[date | None, str]:
    if not text:
        return None, ""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None, "Dagen kunne ikke læses. Skriv den som år-måned-dag, for eksempel 2021-12-31."
    if found > today:
        return None, f"Den {danish.day(found)} er ikke kommet endnu. Vælg i dag eller en dag, der er gået."
    return found, ""
