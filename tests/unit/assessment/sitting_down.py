"""Sessions to try the rules on, with the real bank and kernel: both are pure."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.assessment.frozen_test import FrozenTest, method_of_today
from services.assessment.items.loading import item_bank
from services.assessment.rules.entry import Begun, Offered
from services.assessment.rules.session import Session, session_of
from services.assessment.rules.sitting import Act, Step, abandon, abort, begin, expire, pause, route, skip

TEST = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0a")
CITIZEN = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01")
NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)
BANK = item_bank()


def at(minutes: float) -> Act:
    """A step of the citizen, so many minutes after nine."""
    return Act(NINE + timedelta(minutes=minutes), "citizen")


def offer(**given: object) -> Offered:
    """An offer at nine, to be taken up within a week."""
    told = {"citizen_id": CITIZEN, "municipality": "0101", "purpose": "entry", "until": NINE + timedelta(days=7)}
    return Offered.model_validate({"at": NINE, "by": "staff"} | told | given)


def begun(**given: object) -> Begun:
    """A beginning a minute later, with 24 hours."""
    when = NINE + timedelta(minutes=1)
    told = {"at": when, "by": "citizen", "device": "computer", "accessible": False, "pool": "full"}
    told |= {"bank_version": BANK.version, "digest": BANK.digest, "seed": 7, "closed": (), "method": method_of_today()}
    start = Begun.model_validate(told | {"until": when + timedelta(hours=24), "asks": ""} | given)
    return start.model_copy(update={"asks": FrozenTest.of(start, BANK).next((), start.device, start.neutralised)})


def stepped(session: Session, step: Step) -> Session:
    """The session after a step."""
    for entry in step.entries:
        session = session.after(entry)
    return session


def offered(**given: object) -> Session:
    """A session that was offered."""
    return session_of(TEST, [offer(**given)])


def running(**given: object) -> Session:
    """One that runs; what is given goes into the beginning."""
    session = offered()
    return stepped(session, begin(session, begun(**given)))


def test_of(session: Session) -> FrozenTest:
    """What it froze."""
    return FrozenTest.of(session.must_have_begun(), BANK)


test_of.__test__ = False  # type: ignore[attr-defined]


def finished() -> Session:
    """One in which everything was skipped."""
    session = running()
    while session.status == "running":
        session = stepped(session, skip(session, test_of(session), session.number, at(2)))
    return session


def standing() -> dict[str, Session]:
    """A session of each status."""
    start, under_way = offered(), running()
    late = NINE + timedelta(days=30)
    steps = {
        "paused": (under_way, pause(under_way, at(2))),
        "abandoned": (under_way, abandon(under_way, at(2))),
        "aborted": (under_way, abort(under_way, "Strømmen gik", at(2))),
        "expired": (under_way, expire(under_way, late)),
        "routed": (start, route(start, "workshop", at(2))),
        "declined": (start, abandon(start, at(2))),
        "lapsed": (start, expire(start, late)),
    }
    found = {"offered": start, "running": under_way, "finished": finished()}
    return found | {status: stepped(session, step) for status, (session, step) in steps.items()}
