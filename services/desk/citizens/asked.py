"""What is asked of the work list: filters, sorting and the place in it, as they stand in the page's address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from services.desk.citizens import units

PRESENCE = {"here": "På jobcentret", "left": "Afmeldte", "all": "Alle"}
REFERRALS = {"waiting": "Venter på svar", "overdue": "Fristen er overskredet", "none": "Ikke henvist endnu"}
SORTING = {"due": "Først, hvor fristen er nærmest", "longest": "Længst ledige først", "newest": "Nyeste først"}
FIRST_ASKED = "due"
"""A day begins with whoever waits for something."""
PER_PAGE = 50
DANISH = {
    "maalgruppe": "target_group",
    "barriere": "barrier",
    "henvisning": "referral",
    "afdeling": "unit",
    "vis": "presence",
    "sortering": "sort",
    "reference": "reference",
    "efter": "after",
}
"""The names in the page's address, and intake's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields that were filled in, by their names in the address."""

    fields: Mapping[str, str]

    @classmethod
    def of(cls, given: Mapping[str, str], own_unit: str | None = None) -> "Asked":
        """What an address or a form says; empty fields ask for everything, but for the caller's own unit at first."""
        at_first = {"afdeling": own_unit} if own_unit else {}
        return cls(at_first | {name: given[name] for name in DANISH if given.get(name)})

    @property
    def questions(self) -> dict[str, Any]:
        """The same as intake asks for it."""
        asked: dict[str, Any] = {DANISH[name]: value for name, value in self.fields.items()}
        if self.unit in {units.EVERY, units.NONE}:
            asked["unit"] = None if self.unit == units.EVERY else ""
        return {"sort": FIRST_ASKED, "limit": PER_PAGE} | asked

    @property
    def filtered(self) -> bool:
        """Whether anything but the unit and the order is chosen."""
        return bool(self.fields.keys() - {"afdeling", "sortering", "efter"})

    @property
    def unfiltered(self) -> str:
        """The address of everybody in the unit."""
        return Asked({name: value for name, value in self.fields.items() if name == "afdeling"}).address()

    @property
    def unit(self) -> str:
        """The unit that is shown, as it stands in the address; empty where a municipality has none."""
        return self.get("afdeling")

    @property
    def where(self) -> str:
        """`` i Nord``, `` uden afdeling``: the unit as the end of a sentence; empty for all."""
        if self.unit == units.NONE:
            return " uden afdeling"
        return f" i {self.unit}" if self.unit not in {"", units.EVERY} else ""

    def get(self, name: str, default: str = "") -> str:
        """A field."""
        return self.fields.get(name, default)

    def address(self, **other: str) -> str:
        """The page's address with these fields otherwise; an empty one falls away."""
        fields = {name: value for name, value in {**self.fields, **other}.items() if value}
        return f"/borgere?{urlencode(fields)}" if fields else "/borgere"
