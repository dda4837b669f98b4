"""The parts of the desk, and who may use each."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.web import Role


@dataclass(frozen=True, slots=True)
class Part:
    """One of them: its address below the desk's root, what it is called, and whose it is."""

    path: str
    title: str
    roles: frozenset[Role]


COMPANIES = frozenset({Role.COMPANY_DESK, Role.CASEWORKER, Role.MANAGER})
PARTS = (
    Part(
        "/", "Hvad virker?", frozenset({Role.MANAGER, Role.ANALYST, Role.CASEWORKER, Role.EMENTOR, Role.COMPANY_DESK})
    ),
    Part("/borgere", "Borgere", frozenset({Role.CASEWORKER, Role.EMENTOR})),
    Part("/henvendelser", "Henvendelser", COMPANIES),
    Part("/virksomheder", "Virksomheder", COMPANIES),
    Part("/jobordrer", "Jobordrer", COMPANIES),
    Part("/hold", "Hold", frozenset({Role.MANAGER, Role.CASEWORKER, Role.EMENTOR})),
)


def parts_of(roles: Iterable[Role]) -> list[Part]:
    """The parts that somebody with these roles may use, in order."""
    held = frozenset(roles)
    return [part for part in PARTS if part.roles & held]
