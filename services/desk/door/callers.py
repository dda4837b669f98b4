"""Who may do what at the desk: a name says whom it lets in. The services decide it again.

``caller: Caseworker`` in a page's arguments lets in caseworkers and nobody else (``door/access.py``).
"""

from typing import Annotated

from shared.web import Principal, Role, allow

OF_FIGURES = frozenset({Role.MANAGER, Role.CASEWORKER, Role.EMENTOR})
"""Who may see figures that move."""
OF_COMPANIES = frozenset({Role.COMPANY_DESK, Role.CASEWORKER, Role.MANAGER})
"""Who may see companies."""

Analyst = Annotated[Principal, allow(Role.ANALYST)]
Caseworker = Annotated[Principal, allow(Role.CASEWORKER)]
CompanyDesk = Annotated[Principal, allow(Role.COMPANY_DESK)]
DataProtectionOfficer = Annotated[Principal, allow(Role.DPO)]
Manager = Annotated[Principal, allow(Role.MANAGER)]
Operator = Annotated[Principal, allow(Role.OPERATOR)]

CaseworkerOrCompanyDesk = Annotated[Principal, allow(Role.CASEWORKER, Role.COMPANY_DESK)]
"""Whoever talks with companies."""
CaseworkerOrManager = Annotated[Principal, allow(Role.CASEWORKER, Role.MANAGER)]
"""Whoever plans cohorts."""
CaseworkerOrMentor = Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)]
"""Whoever may see a citizen."""
OfCompanies = Annotated[Principal, allow(*OF_COMPANIES)]
OfFigures = Annotated[Principal, allow(*OF_FIGURES)]
OfFiguresOrAnalyst = Annotated[Principal, allow(*OF_FIGURES, Role.ANALYST)]
Anybody = Annotated[
    Principal,
    allow(Role.MANAGER, Role.CASEWORKER, Role.EMENTOR, Role.COMPANY_DESK, Role.ANALYST, Role.DPO, Role.OPERATOR),
]
"""Anybody who works at the desk; what the page shows depends on who it is."""
