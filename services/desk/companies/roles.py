"""Who may do what with companies at the desk."""

from typing import Annotated

from shared.web import Principal, Role, allow

READERS = (Role.COMPANY_DESK, Role.CASEWORKER, Role.MANAGER)
Reader = Annotated[Principal, allow(*READERS)]
Worker = Annotated[Principal, allow(Role.COMPANY_DESK, Role.CASEWORKER)]
"""Whoever talks with companies."""
CompanyDesk = Annotated[Principal, allow(Role.COMPANY_DESK)]
"""Agreements are signed and ended here only."""
