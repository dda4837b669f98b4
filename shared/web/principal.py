"""Who calls: a subject, the roles it has, and the municipalities it may act for."""

from dataclasses import dataclass, replace
from enum import StrEnum

from shared.problems import Forbidden
from shared.web.links import Link


class Role(StrEnum):
    """What a caller may do; a route names the roles that may call it."""

    CASEWORKER = "caseworker"
    EMENTOR = "ementor"
    MANAGER = "manager"
    COMPANY_DESK = "company-desk"
    ANALYST = "analyst"
    OPERATOR = "operator"
    DPO = "dpo"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Principal:
    """A caller whose token was valid. ``subject`` is the issuer's id of the caller, never a name or a CPR number.

    A citizen who comes by a link has no role: ``link`` is the one thing that she opens. ``unit`` is the caller's own
    (afdeling), where her token names one: what she sees first, and nothing that she may do (decision 0026).
    """

    subject: str
    roles: frozenset[Role]
    municipalities: tuple[str, ...]
    link: Link | None = None
    unit: str | None = None

    @property
    def municipality(self) -> str:
        """The municipality that the caller acts for: the first that the token names, unless she chose another."""
        return self.municipalities[0]

    def acting_for(self, municipality: str) -> "Principal":
        """The caller as she acts for this one of her municipalities. Raises Forbidden when it is none of hers."""
        if municipality not in self.municipalities:
            raise Forbidden(
                "municipality-foreign",
                "You may not act for this municipality",
                f"Your token names: {', '.join(self.municipalities)}.",
            )
        others = (other for other in self.municipalities if other != municipality)
        return replace(self, municipalities=(municipality, *others))
