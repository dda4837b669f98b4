"""Who may call what: planners shape the offer, caseworkers act for citizens, others read what concerns no citizen.

A pilot is decided by a person: another system never decides.
"""

from typing import Annotated

from shared.web import Principal, Role, allow

Decider = Annotated[Principal, allow(Role.MANAGER)]
Manager = Annotated[Principal, allow(Role.MANAGER, Role.SYSTEM)]
Planner = Annotated[Principal, allow(Role.MANAGER, Role.CASEWORKER, Role.SYSTEM)]
Caseworker = Annotated[Principal, allow(Role.CASEWORKER, Role.SYSTEM)]
CitizenReader = Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)]
READERS = (Role.CASEWORKER, Role.EMENTOR, Role.MANAGER, Role.COMPANY_DESK, Role.ANALYST, Role.SYSTEM)
Reader = Annotated[Principal, allow(*READERS)]
