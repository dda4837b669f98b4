"""What happened in one test, entry by entry: assessment's private events. They are stored and never published.

An entry that leads to a question names it (``asks``), so that the same question stands after a crash, on another device
and in a later release. Together with the frozen bank the entries give the test and its result again.
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from shared.contracts.vocabulary import ItemPool, TestPurpose

TestDevice = Literal["computer", "phone"]
TestLanguage = Literal["da", "en"]
Instead = Literal["workshop", "language"]
"""What is offered instead of the test."""
Response = str | list[str] | dict[str, str | bool | list[str] | None]
"""An answer as JSON carries it: an option, several, options by prompt, a text, or the state of a small screen."""


class _Entry(BaseModel):
    """``at`` is when it happened; ``by`` who did it: the citizen (by her link), staff, or the service itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: AwareDatetime
    by: Literal["citizen", "staff", "service"]


class Offered(_Entry):
    """The citizen is offered a test, which she may begin until ``until``."""

    kind: Literal["offered"] = "offered"
    citizen_id: UUID
    municipality: str
    purpose: TestPurpose
    profile_id: UUID | None = None
    assisted: bool = False
    accessible: bool = False
    until: AwareDatetime


class Routed(_Entry):
    """Something else is offered first. It is not said which of her answers led to it."""

    kind: Literal["routed"] = "routed"
    offer: Instead


class Declined(_Entry):
    """The test was not wanted, before it began."""

    kind: Literal["declined"] = "declined"


class Lapsed(_Entry):
    """The test was not begun in time."""

    kind: Literal["lapsed"] = "lapsed"


class Begun(_Entry):
    """The test began, and froze everything that its questions and its result depend on.

    ``digest`` is the hash of the bank's content, ``closed`` are the items over the ceiling of exposure at that moment,
    ``method`` the numbers of the prior and the rule of the kernel. ``neutralised`` items are not asked. ``pilots`` are
    tried out and never scored: by number of question, from which on each may be asked.
    """

    kind: Literal["begun"] = "begun"
    device: TestDevice
    language: TestLanguage = "da"
    accessible: bool
    pool: ItemPool
    bank_version: str
    digest: str
    seed: int
    closed: tuple[str, ...]
    method: dict[str, int | float]
    neutralised: tuple[str, ...] = ()
    pilots: dict[int, str] = Field(default_factory=dict)
    until: AwareDatetime
    asks: str


class Answered(_Entry):
    """A question was answered; without a ``response`` she said that she does not know, which is not right.

    ``alone`` is told in an assisted test: whether the citizen did it without help.
    """

    kind: Literal["answered"] = "answered"
    item: str
    response: Response | None
    right: bool
    alone: bool | None = None
    asks: str | None


class Skipped(_Entry):
    """A question was passed over. It tells nothing of what she can do."""

    kind: Literal["skipped"] = "skipped"
    item: str
    asks: str | None


class Paused(_Entry):
    """A break."""

    kind: Literal["paused"] = "paused"


class Resumed(_Entry):
    """The test goes on, maybe on another device; a question that does not suit it is exchanged, not counted."""

    kind: Literal["resumed"] = "resumed"
    device: TestDevice
    asks: str


class Abandoned(_Entry):
    """The citizen stopped."""

    kind: Literal["abandoned"] = "abandoned"


class Aborted(_Entry):
    """Something broke: the test could not go on, and nobody chose that."""

    kind: Literal["aborted"] = "aborted"
    reason: str


class Expired(_Entry):
    """The time of the test ran out."""

    kind: Literal["expired"] = "expired"


class Neutralised(_Entry):
    """An item was found faulty: it tells nothing in this test, whatever was answered to it, and is not asked.

    ``asks`` is the question that stands after it, None when none does. If the item stood, it is left, and counts among
    those asked. In a finished test the result is computed anew.
    """

    kind: Literal["neutralised"] = "neutralised"
    item: str
    reason: str
    asks: str | None


class LinksReplaced(_Entry):
    """Links that were given out before this hold no more."""

    kind: Literal["links-replaced"] = "links-replaced"


Entry = (
    Offered
    | Routed
    | Declined
    | Lapsed
    | Begun
    | Answered
    | Skipped
    | Paused
    | Resumed
    | Abandoned
    | Aborted
    | Expired
    | Neutralised
    | LinksReplaced
)
ENTRY: TypeAdapter[Entry] = TypeAdapter(Annotated[Entry, Field(discriminator="kind")])
