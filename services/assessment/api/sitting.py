"""Sitting a test: by the citizen's link, or by staff who sit beside her. The link opens this one test and nothing else.

An answer names the number of its question. Of two answers to one question the first counts; the other is refused with
409 and the question that stands, so it is never counted twice.
"""

from random import Random
from typing import Annotated
from uuid import UUID

from services.assessment import session_log
from services.assessment.api.sessions import TEST, link_to
from services.assessment.commands import (
    AbandonTest,
    AnswerQuestion,
    BeginTest,
    PauseTest,
    ResumeTest,
    SkipQuestion,
    act,
)
from services.assessment.frozen_banks import freeze, frozen_test, over_ceiling
from services.assessment.frozen_test import FrozenTest, method_of_today
from services.assessment.items.loading import item_bank
from services.assessment.neutralised import faulty
from services.assessment.rules import offering, sitting
from services.assessment.rules.entry import Begun
from services.assessment.rules.session import Session
from services.assessment.rules.sitting import Act, AnotherQuestion, Step
from services.assessment.rules.trying_out import drawn
from services.assessment.session_results import result_of
from services.assessment.views.session import SessionView, TestResultView, question, view
from shared.persistence import Transaction
from shared.web import OpenLinks, Principal, Role, Tx, allow, router

api = router()
Sitter = Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR, link=TEST)]


@api.get("/sessions/{test_id}")
async def read_session(test_id: UUID, tx: Tx, caller: Sitter) -> SessionView:
    """The test as it stands: its welcome, or the question to answer. The read is logged before it is answered."""
    session = await session_log.read(tx, test_id, caller)
    await tx.log_read(session.offer.citizen_id, "test session")
    return await view(tx, session)


@api.post("/sessions/{test_id}/begin")
async def begin_test(test_id: UUID, command: BeginTest, tx: Tx, links: OpenLinks, caller: Sitter) -> SessionView:
    """Begin the test, with its first question; or be told what is offered instead when reading or Danish is hard."""
    session = await session_log.locked(tx, test_id, caller)
    at = act(command, tx, caller, session)
    instead = offering.instead_of_test(
        reading_difficult=command.reading == "difficult", danish_difficult=command.danish == "difficult"
    )
    if instead is not None:
        return await view(tx, await session_log.keep(tx, session, sitting.route(session, instead, at)))
    session.must_be("offered")
    step = sitting.begin(session, await _begun(tx, session, command, at))
    link = link_to(links, session, tx.now) if caller.link else None
    return await view(tx, await session_log.keep(tx, session, step), link)


@api.post("/sessions/{test_id}/answers")
async def answer_question(test_id: UUID, command: AnswerQuestion, tx: Tx, caller: Sitter) -> SessionView:
    """Answer the question that stands, once; the next question, or that the test is finished."""
    session, test = await _sat(tx, test_id, caller)
    at = act(command, tx, caller, session)
    try:
        step = sitting.answer(session, test, command.question, command.response, at, alone=command.alone)
    except AnotherQuestion as refused:
        raise _with_question(refused, session, test) from None
    return await view(tx, await session_log.keep(tx, session, step))


@api.post("/sessions/{test_id}/skip")
async def skip_question(test_id: UUID, command: SkipQuestion, tx: Tx, caller: Sitter) -> SessionView:
    """Pass over the question that stands. That is no fault: it tells nothing of what the citizen can do."""
    session, test = await _sat(tx, test_id, caller)
    try:
        step = sitting.skip(session, test, command.question, act(command, tx, caller, session))
    except AnotherQuestion as refused:
        raise _with_question(refused, session, test) from None
    return await view(tx, await session_log.keep(tx, session, step))


@api.post("/sessions/{test_id}/pause")
async def pause_test(test_id: UUID, command: PauseTest, tx: Tx, caller: Sitter) -> SessionView:
    """Take a break. The 24 hours go on."""
    session = await session_log.locked(tx, test_id, caller)
    return await _kept(tx, session, sitting.pause(session, act(command, tx, caller, session)))


@api.post("/sessions/{test_id}/resume")
async def resume_test(test_id: UUID, command: ResumeTest, tx: Tx, caller: Sitter) -> SessionView:
    """Go on where the test was, here or on another device."""
    session, test = await _sat(tx, test_id, caller)
    return await _kept(tx, session, sitting.resume(session, test, command.device, act(command, tx, caller, session)))


@api.post("/sessions/{test_id}/abandon")
async def abandon_test(test_id: UUID, command: AbandonTest, tx: Tx, caller: Sitter) -> SessionView:
    """Stop the test for good. There is no result, and a new test may be offered."""
    session = await session_log.locked(tx, test_id, caller)
    return await _kept(tx, session, sitting.abandon(session, act(command, tx, caller, session)))


@api.get("/sessions/{test_id}/result")
async def read_test_result(test_id: UUID, tx: Tx, caller: Sitter) -> TestResultView:
    """What the finished test found. The read is logged before it is answered."""
    session = await session_log.read(tx, test_id, caller)
    session.must_be("finished")
    await tx.log_read(session.offer.citizen_id, "test result")
    return await result_of(tx, test_id)


async def _begun(tx: Transaction, session: Session, command: BeginTest, at: Act) -> Begun:
    """What a test that begins now freezes."""
    bank = item_bank()
    accessible = session.offer.accessible if command.accessible is None else command.accessible
    pool = offering.pool_for(command.device, accessible=accessible)
    await freeze(tx, bank)
    seed = tx.new_id().int % 2**31
    gone = tuple(one.item for one in await faulty(tx) if one.item in bank.by_id)
    pilots = [item.id for item in bank.pilots(pool) if item.id not in gone]
    begun = Begun(
        at=at.at,
        by=at.by,
        device=command.device,
        language=command.language,
        accessible=accessible,
        pool=pool,
        bank_version=bank.version,
        digest=bank.digest,
        seed=seed,
        closed=await over_ceiling(tx, bank, pool),
        method=method_of_today(),
        neutralised=gone,
        pilots=drawn(pilots, Random(seed)),
        until=at.at + offering.FINISH_WITHIN,
        asks="",
    )
    first = FrozenTest.of(begun, bank).next((), command.device, gone)
    assert first is not None, "a bank that is loaded has items in every pool"
    return begun.model_copy(update={"asks": first})


async def _sat(tx: Transaction, test_id: UUID, caller: Principal) -> tuple[Session, FrozenTest]:
    """The session, locked, and the test that it froze. Refused before the start."""
    session = await session_log.locked(tx, test_id, caller)
    return session, await frozen_test(tx, session.must_have_begun())


async def _kept(tx: Transaction, session: Session, step: Step) -> SessionView:
    return await view(tx, await session_log.keep(tx, session, step))


def _with_question(refused: AnotherQuestion, session: Session, test: FrozenTest) -> AnotherQuestion:
    """The refusal with the question that stands, so that a page can go on from it."""
    refused.members["question"] = question(session, test).model_dump(mode="json", exclude_none=True)
    return refused
