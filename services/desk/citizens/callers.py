"""Who may do what on the citizens' pages; the services decide it again."""

from typing import Annotated

from shared.web import Principal, Role, allow

Caseworker = Annotated[Principal, allow(Role.CASEWORKER)]
Reader = Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)]
"""Who may see a citizen; eMentors also note barriers, record answers, and offer tests."""
