"""What the officer asks for: a citizen, by her id or her reference, and days. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from services.desk import reference
from shared.problems import Invalid

LOOKS_LIKE_CPR = re.compile(r"\d{6}[-\s]?\d{4}")


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as it was typed: a citizen, and the first and the last day (empty for all)."""

    citizen: str = ""
    since: str = ""
    until: str = ""

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day. Raises Invalid."""
        first, last = _day(self.since, "fra"), _day(self.until, "til")
        if first and last and last < first:
            raise _wrong("access-log-days", "til")
        return first, last

    @property
    def citizen_id(self) -> UUID | None:
        """Her id, if that is what was typed."""
        try:
            return UUID(self.citizen.strip())
        except ValueError:
            return None

    @property
    def last_digits(self) -> str:
        """The end of her id, from her reference. Raises Invalid when it is none."""
        digits = reference.read(self.citizen.strip())
        if digits is None:
            code = "access-log-cpr" if LOOKS_LIKE_CPR.fullmatch(self.citizen.strip()) else "access-log-reference"
            raise _wrong(code, "borger")
        return digits

    def about(self, citizen_id: object) -> "Asked":
        """The same days, of a citizen who is known now."""
        return Asked(str(citizen_id), self.since, self.until)

    def query(self, **more: str) -> str:
        """The question in an address."""
        asked = {"borger": self.citizen, "fra": self.since, "til": self.until} | more
        return urlencode({name: value for name, value in asked.items() if value})


def _day(text: str, field: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _wrong("access-log-day", field) from None


def _wrong(code: str, field: str) -> Invalid:
    title = "The question about the access log cannot be read"
    return Invalid(code, title, "Correct the field.", errors=[{"field": field}])
