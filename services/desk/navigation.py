"""The parts of the desk, and who may use each."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.desk.door.callers import OF_COMPANIES, OF_FIGURES
from shared.web import Role


@dataclass(frozen=True, slots=True)
class Part:
    """One of them: its address below the desk's root, what it is called, and whose it is."""

    path: str
    title: str
    roles: frozenset[Role]

    def holds(self, path: str) -> bool:
        """Whether a page belongs to this part; ``path`` is below the desk's root."""
        return path == self.path or (self.path != "/" and path.startswith(f"{self.path}/"))


PARTS = (
    Part("/", "Hvad virker?", OF_FIGURES),
    Part("/offentliggjort", "Offentliggjorte tal", frozenset({Role.ANALYST})),
    Part("/maal", "Mål", OF_FIGURES | {Role.ANALYST}),
    Part("/borgere", "Borgere", frozenset({Role.CASEWORKER, Role.EMENTOR})),
    Part("/hold", "Hold", OF_FIGURES),
    Part("/vaerksted", "Værksted", frozenset({Role.EMENTOR, Role.CASEWORKER})),
    Part("/henvendelser", "Henvendelser", OF_COMPANIES),
    Part("/virksomheder", "Virksomheder", OF_COMPANIES),
    Part("/jobordrer", "Jobordrer", OF_COMPANIES),
    Part("/adgangslog", "Hvem har set hvad?", frozenset({Role.DPO})),
    Part("/drift", "Drift", frozenset({Role.OPERATOR})),
)


def parts_of(roles: Iterable[Role]) -> list[Part]:
    """The parts that somebody with these roles may use, in order."""
    held = frozenset(roles)
    return [part for part in PARTS if part.roles & held]
