"""What is around every page: who is signed in, the parts that she may use, and where she is."""

from dataclasses import dataclass

from starlette.requests import Request

from services.desk import labels
from services.desk.door.doorman import Caller, Doorman
from services.desk.navigation import Part, parts_of


@dataclass(frozen=True, slots=True)
class Frame:
    """It. ``root`` is the path that the desk is mounted at, without a slash at its end."""

    root: str
    signed_in: str = ""
    """As whom, in words; empty for nobody."""
    form_token: str = ""
    parts: tuple[Part, ...] = ()
    path: str = ""
    """The page's own, below the root."""
    invented: bool = False
    """Whether everybody here is made up: on one's own machine, where no real person is let in."""

    def is_here(self, part: Part) -> bool:
        """Whether the page belongs to this part."""
        return part.holds(self.path)


def frame_of(request: Request, caller: Caller) -> Frame:
    """What is around a page for this caller."""
    doorman: Doorman = request.app.state.doorman
    role = " og ".join(labels.ROLES[role] for role in sorted(caller.principal.roles))
    root = request.scope.get("root_path", "")
    return Frame(
        root,
        f"Lokal demo – logget ind som {role}" if doorman.local else f"Logget ind som {role}",
        caller.secret.form_token if caller.secret else "",
        tuple(parts_of(caller.principal.roles)),
        request.url.path.removeprefix(root),
        invented=doorman.local is not None,
    )


def nobodys_frame(request: Request) -> Frame:
    """What is around a page for somebody who has not signed in."""
    doorman: Doorman = request.app.state.doorman
    return Frame(request.scope.get("root_path", ""), invented=doorman.local is not None)
