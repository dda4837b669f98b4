"""Sitting a test: what each step leads to, or why it cannot be taken. Time, chance and who does it are arguments."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.assessment.rules import result
from services.assessment.rules.entry import (
    Abandoned,
    Aborted,
    Answered,
    Begun,
    Declined,
    Entry,
    Expired,
    Instead,
    Lapsed,
    LinksReplaced,
    Neutralised,
    Paused,
    Response,
    Resumed,
    Routed,
    Skipped,
    TestDevice,
)
from services.assessment.rules.measuring import Measuring
from services.assessment.rules.session import Given, Session
from shared.contracts.assessment import (
    ResultRescored,
    TestAbandoned,
    TestAborted,
    TestExpired,
    TestFinished,
    TestStarted,
)
from shared.contracts.event import Event
from shared.contracts.vocabulary import CPR
from shared.problems import Refused

By = Literal["citizen", "staff", "service"]


@dataclass(frozen=True, slots=True)
class Step:
    """What a step adds to the session's own log, and the event that it tells the world, if any."""

    entries: tuple[Entry, ...] = ()
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """When a step is taken, and by whom."""

    at: datetime
    by: By


class AnotherQuestion(Refused):
    """An answer to another question than the one that stands."""


def route(session: Session, offer: Instead, act: Act) -> Step:
    """Something else comes first. Nothing is published: that she was not tested is nobody's business."""
    session.must_be("offered")
    _in_time(session, act)
    return Step((Routed(at=act.at, by=act.by, offer=offer),))


def begin(session: Session, begun: Begun) -> Step:
    """The test begins with what it froze."""
    session.must_be("offered")
    _in_time(session, Act(begun.at, begun.by))
    offer = session.offer
    started = TestStarted(
        municipality=offer.municipality,
        test_id=session.test_id,
        citizen_id=offer.citizen_id,
        bank_version=begun.bank_version,
        pool=begun.pool,
        purpose=offer.purpose,
        profile_id=offer.profile_id,
        assisted=offer.assisted,
    )
    return Step((begun,), started)


def answer(
    session: Session,
    measuring: Measuring,
    question: int,
    response: Response | None,
    act: Act,
    *,
    alone: bool | None = None,
) -> Step:
    """The question that stands is answered; the test goes on, or ends with its result.

    No response is *I don't know*, which is not right. It is no skip: a skip tells nothing, and whoever skipped what she
    cannot do would be measured too high. ``alone`` must be told in an assisted test and only there. What was done with
    help is no measure of the citizen.
    """
    item, device = _stands(session, question, act)
    if (alone is None) == session.offer.assisted:
        raise Refused(
            "alone-missing" if alone is None else "alone-not-asked",
            "Nobody said whether the citizen did this alone" if alone is None else "Nobody sits beside this test",
            "In an assisted test send `alone`, true or false, with every answer; in any other leave it out.",
        )
    right = response is not None and measuring.correct(item, response)
    asks = measuring.next(
        (*session.given, Given(item, right if alone is not False else None)), device, session.neutralised
    )
    kept = response if right or response is None else without_cpr(response)
    answered = Answered(at=act.at, by=act.by, item=item, response=kept, right=right, alone=alone, asks=asks)
    return _and_finish(session, measuring, answered)


def skip(session: Session, measuring: Measuring, question: int, act: Act) -> Step:
    """The question that stands is passed over: no fault, and no measure."""
    item, device = _stands(session, question, act)
    asks = measuring.next((*session.given, Given(item, None)), device, session.neutralised)
    return _and_finish(session, measuring, Skipped(at=act.at, by=act.by, item=item, asks=asks))


def pause(session: Session, act: Act) -> Step:
    """A break. Pausing twice is pausing once: a page may send it again."""
    session.must_be("running", "paused")
    _in_time(session, act)
    return Step() if session.status == "paused" else Step((Paused(at=act.at, by=act.by),))


def resume(session: Session, measuring: Measuring, device: TestDevice | None, act: Act) -> Step:
    """The test goes on where it was, on this device or another. Nothing happens when it goes on already."""
    session.must_be("running", "paused")
    _in_time(session, act)
    assert session.device is not None
    assert session.asks is not None
    device = device or session.device
    if session.status == "running" and device == session.device:
        return Step()
    suits = device == session.device or measuring.suits(session.asks, device)
    asks = session.asks if suits else measuring.next(session.given, device, session.neutralised) or session.asks
    return Step((Resumed(at=act.at, by=act.by, device=device, asks=asks),))


def abandon(session: Session, act: Act) -> Step:
    """The citizen stops. Before the beginning that is declining it, and nothing is published."""
    session.must_be("offered", "running", "paused")
    _in_time(session, act)
    if session.begun is None:
        return Step((Declined(at=act.at, by=act.by),))
    return Step((Abandoned(at=act.at, by=act.by),), TestAbandoned(**_ended(session, session.begun)))


def abort(session: Session, reason: str, act: Act) -> Step:
    """Something broke. It is nobody's choice, and no result comes of it."""
    session.must_be("running", "paused")
    _in_time(session, act)
    begun = session.must_have_begun()
    return Step((Aborted(at=act.at, by=act.by, reason=reason),), TestAborted(**_ended(session, begun)))


def expire(session: Session, now: datetime) -> Step:
    """What is over its time ends at the moment its time was up; nothing happens before that, or when it is over."""
    if session.due is None or session.due > now:
        return Step()
    if session.begun is None:
        return Step((Lapsed(at=session.due, by="service"),))
    return Step((Expired(at=session.due, by="service"),), TestExpired(**_ended(session, session.begun)))


def neutralise(session: Session, measuring: Measuring, item: str, reason: str, now: datetime) -> Step:
    """A faulty item tells nothing in this test. A running test leaves it; a finished one is scored anew.

    Nothing happens twice, nor in a test that has another bank, has no result, or is over its time. A result that comes
    out as it was is not told anew: the item was skipped, done with help or tried out. In a running test it is dated as
    what happened last, so that staff may still tell with ``happened`` what came right after that.
    """
    if session.last is None or item in session.neutralised or not measuring.holds(item):
        return Step()
    if session.status == "finished":
        entry = Neutralised(at=max(now, session.last), by="service", item=item, reason=reason, asks=None)
        return Step((entry,), _rescored(session, session.after(entry), measuring, reason))
    if session.status not in {"running", "paused"} or now >= session.until:
        return Step()
    assert session.device is not None
    asks = session.asks
    if asks == item:
        asks = measuring.next((*session.given, Given(item, None)), session.device, session.neutralised | {item})
    entry = Neutralised(at=session.last, by="service", item=item, reason=reason, asks=asks)
    return _and_finish(session, measuring, entry)


def replace_links(act: Act) -> Step:
    """Links given out so far hold no more: one was lost, or went to the wrong person."""
    return Step((LinksReplaced(at=act.at, by=act.by),))


def without_cpr(response: Response) -> Response:
    """The response with what looks like a CPR number taken out: people write them where a text is asked for."""
    match response:
        case str():
            return CPR.sub("[cpr]", response)
        case list():
            return [CPR.sub("[cpr]", one) for one in response]
        case dict():
            return {name: CPR.sub("[cpr]", one) if isinstance(one, str) else one for name, one in response.items()}


def _stands(session: Session, question: int, act: Act) -> tuple[str, TestDevice]:
    """The item of the question that stands and the device it is on. Refused when another is answered."""
    session.must_be("running")
    _in_time(session, act)
    if question != session.number:
        before = question < session.number
        raise AnotherQuestion(
            "question-answered" if before else "question-not-asked",
            f"Question {question} {'was answered or skipped already' if before else 'has not been asked yet'}",
            f"Question {session.number} stands now. An answer counts once and cannot be changed.",
        )
    assert session.asks is not None
    assert session.device is not None
    return session.asks, session.device


def _and_finish(session: Session, measuring: Measuring, entry: Answered | Skipped | Neutralised) -> Step:
    if entry.asks is not None:
        return Step((entry,))
    return Step((entry,), finished(session.after(entry), measuring))


def finished(session: Session, measuring: Measuring) -> TestFinished:
    """The result that a finished session tells."""
    offer, begun = session.offer, session.must_have_begun()
    method = result.Method(
        framework=measuring.framework,
        framework_version=measuring.framework_version,
        bank_version=begun.bank_version,
        calibrated=measuring.calibrated,
        purpose=offer.purpose,
        assisted=offer.assisted,
    )
    areas = measuring.areas(session.given)
    return result.finish(session.test_id, offer.citizen_id, offer.municipality, method, areas)


def _rescored(before: Session, after: Session, measuring: Measuring, reason: str) -> ResultRescored | None:
    """The result that replaces the one before; None when it is the same."""
    was, is_now = finished(before, measuring), finished(after, measuring)
    return result.rescored(was, is_now, reason) if was.areas != is_now.areas else None


def _ended(session: Session, begun: Begun) -> dict[str, object]:
    offer = session.offer
    return {
        "municipality": offer.municipality,
        "test_id": session.test_id,
        "citizen_id": offer.citizen_id,
        "bank_version": begun.bank_version,
        "pool": begun.pool,
    }


def _in_time(session: Session, act: Act) -> None:
    """Refuse what comes after the end of its time, or is told to have happened before what happened last."""
    assert session.last is not None
    if act.at < session.last:
        raise Refused(
            "happened-too-early",
            "Something later has happened in this test already",
            f"`happened` must not lie before {session.last.isoformat()}. Leave it out for what happens now.",
        )
    if act.at >= session.until:
        raise Refused(
            "test-expired" if session.begun else "test-lapsed",
            "The test ran out of time" if session.begun else "The test was not begun in time",
            "It had to be finished within 24 hours. Offer a new test." if session.begun else "Offer a new test.",
        )
