"""What a caller may be told when something cannot be done (RFC 9457 problem details). Pure: rules raise these.

A title names the problem, a detail says what to do about it. No problem text ever carries a name or a CPR number.
"""

from typing import Any


class Problem(Exception):
    """A failure that its receiver can understand. ``members`` are extra members of the problem document."""

    status = 500

    def __init__(self, code: str, title: str, detail: str = "", **members: Any) -> None:
        super().__init__(f"{code}: {title}")
        self.code, self.title, self.detail, self.members = code, title, detail, members


class Refused(Problem):
    """A rule says no: the request was understood, and the present state forbids it (409)."""

    status = 409


class NotFound(Problem):
    """No such entity, or none that this caller may know of (404)."""

    status = 404


class Unauthenticated(Problem):
    """No valid token came with the request (401)."""

    status = 401


class Forbidden(Problem):
    """The caller is known and lacks the role (403)."""

    status = 403


class Invalid(Problem):
    """The request cannot be read as what it should be (422)."""

    status = 422


class TooLarge(Problem):
    """The request is larger than anything that is asked here (413)."""

    status = 413


class Unavailable(Problem):
    """Something that this needs does not answer now; trying again later is right (503)."""

    status = 503
