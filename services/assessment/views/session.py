"""What callers see of a test session. A question never shows its key, feedback, level or difficulty."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from services.assessment.forecasts import PoolForecast, forecasts
from services.assessment.frozen_banks import frozen_test
from services.assessment.frozen_test import FrozenTest
from services.assessment.items.competence import AREAS
from services.assessment.items.item import Device, Do, Item, Kind, Match, Multiple, Order, Single
from services.assessment.items.screen import AnyElement
from services.assessment.items.words import Options, Words
from services.assessment.rules.entry import Instead, TestDevice
from services.assessment.rules.offering import DANISH, INSTEAD, READING, TRIED_OUT
from services.assessment.rules.session import Session, Status
from shared.contracts.assessment.result import AreaResult
from shared.contracts.vocabulary import ItemPool, TestPurpose
from shared.persistence import Transaction


class QuestionView(BaseModel):
    """A question as it is shown."""

    number: int
    most: int = Field(description="No test asks more questions than this; most end much earlier.", examples=[40])
    kind: Kind
    device: Device = Field(description="What it can be answered on: any, or computer.")
    question: Words
    options: Options | None = None
    prompts: Options | None = Field(default=None, description="Each of them is given one option (match).")
    choose: int | None = Field(default=None, description="How many options are right (multiple).")
    screen: tuple[AnyElement, ...] | None = Field(
        default=None, description="The small screen on which the task is done (do)."
    )


class Welcome(BaseModel):
    """What is asked before the test, and what it will be like."""

    reading: Words = READING
    danish: Words = DANISH
    tried_out: Words = TRIED_OUT
    forecasts: list[PoolForecast]


class LinkView(BaseModel):
    """A link for the citizen: it opens this one test, as `Authorization: Bearer <token>` or as a page."""

    token: str
    page: str = Field(description="Path below this service at which a browser opens the test.")
    expires: datetime


class SessionBrief(BaseModel):
    """A session in a list."""

    test_id: UUID
    status: Status
    purpose: TestPurpose
    profile_id: UUID | None
    assisted: bool
    offered_at: datetime
    begun_at: datetime | None
    until: datetime | None = Field(description="When its time is up; absent when it is over.")
    left: int = Field(description="Questions that were answered or skipped.")
    instead: Instead | None = None


class SessionView(SessionBrief):
    """A session as it stands: before the start its welcome, while it runs its question."""

    device: TestDevice | None = None
    pool: ItemPool | None = None
    bank_version: str | None = None
    calibrated: bool | None = Field(default=None, description="False: difficulties are set by experts.")
    welcome: Welcome | None = None
    question: QuestionView | None = None
    instead_words: Words | None = Field(default=None, description="The same in words for the citizen.")
    link: LinkView | None = Field(default=None, description="A new link, where the one that came soon runs out.")


class TestOffered(BaseModel):
    """The command was carried out."""

    __test__ = False  # an answer, no test case for pytest

    test_id: UUID = Field(description="Id of the test.")
    until: datetime = Field(description="It must be begun before.")
    link: LinkView
    forecasts: list[PoolForecast]


class AreaView(AreaResult):
    """One area. Without items it was not measured, but inferred from the others."""

    measured: bool


class GainedArea(BaseModel):
    """An area in which the citizen is reliably better than at her first test of it."""

    area: int
    since: datetime = Field(description="When it was first tested.")
    before: int = Field(description="The level then.")
    level: int


class TestResultView(BaseModel):
    """What a finished test found."""

    __test__ = False  # an answer, no test case for pytest

    test_id: UUID
    finished_at: datetime
    framework: str
    framework_version: str
    bank_version: str
    calibrated: bool = Field(description="False while item difficulties are set by experts (ikke kalibreret).")
    purpose: TestPurpose
    assisted: bool
    areas: list[AreaView]
    gained: list[GainedArea] = Field(description="Only what is sure; nothing is said of the other areas.")


def brief(session: Session) -> SessionBrief:
    """One line."""
    return SessionBrief(**_common(session))


async def view(tx: Transaction, session: Session, link: LinkView | None = None) -> SessionView:
    """The session as it stands."""
    told = SessionView(**_common(session), link=link, device=session.device)
    if session.status == "offered":
        told.welcome = Welcome(forecasts=forecasts(accessible=session.offer.accessible))
    if session.instead:
        told.instead_words = INSTEAD[session.instead]
    if session.begun is not None:
        test = await frozen_test(tx, session.begun)
        told.pool, told.bank_version, told.calibrated = test.pool, test.bank.version, test.calibrated
        if session.status == "running":
            told.question = question(session, test)
    return told


def question(session: Session, test: FrozenTest) -> QuestionView:
    """The question that stands."""
    assert session.asks is not None
    begun = session.must_have_begun()
    most = len(AREAS) * int(begun.method["most"]) + len(begun.pilots)
    return asked(test.bank.item(session.asks), session.number, most)


def asked(item: Item, number: int, most: int) -> QuestionView:
    """An item as it is shown."""
    told = QuestionView(number=number, most=most, kind=item.kind, device=item.device, question=item.question)
    if isinstance(item, Single | Multiple | Order | Match):
        told.options = item.options
    if isinstance(item, Match):
        told.prompts = item.prompts
    if isinstance(item, Multiple):
        told.choose = len(item.key)
    if isinstance(item, Do):
        told.screen = item.screen
    return told


def _common(session: Session) -> dict[str, object]:
    offer = session.offer
    return {
        "test_id": session.test_id,
        "status": session.status,
        "purpose": offer.purpose,
        "profile_id": offer.profile_id,
        "assisted": offer.assisted,
        "offered_at": offer.at,
        "begun_at": session.begun.at if session.begun else None,
        "until": session.due,
        "left": len(session.given),
        "instead": session.instead,
    }
