"""The state machine of a test session: every step from every status, and what holds whatever is done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.assessment.rules import sitting
from services.assessment.rules.entry import ENTRY, Answered, Begun, Entry, Skipped
from services.assessment.rules.session import OPEN, Session, Status, session_of
from services.assessment.rules.sitting import Step
from shared.contracts.event import Event
from shared.problems import Refused
from tests.item_answers import right, wrong
from tests.unit.assessment.sitting_down import (
    BANK,
    NINE,
    TEST,
    at,
    begun,
    offer,
    offered,
    running,
    standing,
    stepped,
    test_of,
)

STANDING = standing()
LATER = 3.0

Try = Callable[[Session], Step]
STEPS: dict[str, tuple[Try, dict[str, str]]] = {
    # what is tried, and where it leads from each status that allows it
    "begin": (lambda s: sitting.begin(s, begun(at=at(LATER).at)), {"offered": "running"}),
    "route": (lambda s: sitting.route(s, "language", at(LATER)), {"offered": "routed"}),
    "skip": (lambda s: sitting.skip(s, test_of(s), s.number, at(LATER)), {"running": "running"}),
    "pause": (lambda s: sitting.pause(s, at(LATER)), {"running": "paused", "paused": "paused"}),
    "resume": (lambda s: sitting.resume(s, test_of(s), None, at(LATER)), {"running": "running", "paused": "running"}),
    "abandon": (
        lambda s: sitting.abandon(s, at(LATER)),
        {"offered": "declined", "running": "abandoned", "paused": "abandoned"},
    ),
    "abort": (lambda s: sitting.abort(s, "Nettet faldt ud", at(LATER)), {"running": "aborted", "paused": "aborted"}),
}


def test_there_is_a_session_of_every_status() -> None:
    assert {*STANDING} == {*get_args(Status)} == {session.status for session in STANDING.values()}
    assert {status for status, session in STANDING.items() if session.due} == OPEN


@pytest.mark.parametrize("status", get_args(Status))
@pytest.mark.parametrize("name", STEPS)
def test_every_step_from_every_status(name: str, status: str) -> None:
    take, leads = STEPS[name]
    session = STANDING[status]
    if status in leads:
        assert stepped(session, take(session)).status == leads[status]
        return
    with pytest.raises(Refused) as refused:
        take(session)
    offers_first = session.begun is None and name in {"skip", "resume"}  # what was frozen is asked for before
    assert refused.value.code == ("test-offered" if offers_first else f"test-{status}")
    assert refused.value.detail


@pytest.mark.parametrize(
    ("name", "status", "event"),
    [
        ("begin", "offered", "test-started"),
        ("abandon", "running", "test-abandoned"),
        ("abandon", "paused", "test-abandoned"),
        ("abort", "paused", "test-aborted"),
        ("abandon", "offered", None),
        ("route", "offered", None),
        ("skip", "running", None),
        ("pause", "running", None),
        ("resume", "paused", None),
    ],
)
def test_what_the_world_is_told(name: str, status: str, event: str | None) -> None:
    told = STEPS[name][0](STANDING[status]).event
    assert (told.name if told else None) == event


class TestTime:
    def test_an_offer_lapses_after_a_week_and_nobody_is_told(self) -> None:
        step = sitting.expire(offered(), NINE + timedelta(days=7))
        assert ([entry.kind for entry in step.entries], step.event) == (["lapsed"], None)

    def test_a_test_expires_24_hours_after_its_beginning_at_that_moment(self) -> None:
        session = running()
        up = NINE + timedelta(hours=24, minutes=1)
        assert sitting.expire(session, up - timedelta(microseconds=1)) == Step()
        step = sitting.expire(session, up + timedelta(days=3))
        assert step.event is not None
        assert (step.event.name, step.entries[0].at, step.entries[0].by) == ("test-expired", up, "service")

    def test_a_pause_does_not_stop_the_clock(self) -> None:
        assert STANDING["paused"].due == NINE + timedelta(hours=24, minutes=1)

    def test_nothing_counts_after_the_time_is_up_though_nobody_has_ended_it_yet(self) -> None:
        session, late = running(), at(24 * 60 + 1)
        with pytest.raises(Refused, match="test-expired"):
            sitting.skip(session, test_of(session), 1, late)
        with pytest.raises(Refused, match="test-lapsed"):
            sitting.abandon(offered(), at(7 * 24 * 60))

    def test_nothing_happens_before_what_has_happened(self) -> None:
        session = running()
        with pytest.raises(Refused, match="happened-too-early"):
            sitting.pause(session, at(0.5))

    @pytest.mark.parametrize("status", sorted({*get_args(Status)} - OPEN))
    def test_what_is_over_does_not_expire(self, status: str) -> None:
        assert sitting.expire(STANDING[status], NINE + timedelta(days=99)) == Step()


class TestQuestions:
    @pytest.mark.parametrize(("number", "code"), [(1, "question-answered"), (3, "question-not-asked")])
    def test_only_the_question_that_stands_is_answered(self, number: int, code: str) -> None:
        session = running()
        session = stepped(session, sitting.skip(session, test_of(session), 1, at(2)))
        with pytest.raises(sitting.AnotherQuestion, match=code) as refused:
            sitting.skip(session, test_of(session), number, at(3))
        assert refused.value.detail.startswith("Question 2 stands now")

    def test_on_a_phone_a_question_for_a_computer_is_exchanged_and_not_counted(self) -> None:
        session = running()
        computer_only = next(item.id for item in BANK.pool("full") if item.device == "computer")
        stuck = session.after(session.must_have_begun().model_copy(update={"asks": computer_only}))
        resumed = stepped(stuck, sitting.resume(stuck, test_of(stuck), "phone", at(5)))
        assert (resumed.status, resumed.number, resumed.device) == ("running", 1, "phone")
        assert resumed.asks is not None
        assert BANK.item(resumed.asks).device == "any"

    def test_the_same_device_again_changes_nothing(self) -> None:
        session = running()
        assert sitting.resume(session, test_of(session), "computer", at(5)) == Step()
        assert sitting.resume(session, test_of(session), None, at(5)) == Step()

    def test_nobody_is_asked_an_item_for_a_computer_on_a_phone(self) -> None:
        session = running(device="phone", pool="accessible", accessible=True)
        while session.status == "running":
            assert session.asks is not None
            assert BANK.item(session.asks).device == "any"
            session = stepped(session, sitting.skip(session, test_of(session), session.number, at(5)))

    def test_what_looks_like_a_cpr_number_is_not_kept(self) -> None:
        session = running()
        short = next(item.id for item in BANK.pool("full") if item.kind == "short")
        session = session.after(session.must_have_begun().model_copy(update={"asks": short}))
        step = sitting.answer(session, test_of(session), 1, "mit nummer er 010190-1234", at(5))
        (entry,) = step.entries
        assert isinstance(entry, Answered)
        assert (entry.response, entry.right) == ("mit nummer er [cpr]", False)
        assert sitting.without_cpr({"a": "0101901234", "b": True}) == {"a": "[cpr]", "b": True}
        assert sitting.without_cpr(["0101901234"]) == ["[cpr]"]


class TestAssisted:
    def assisted(self) -> Session:
        session = offered(assisted=True)
        return stepped(session, sitting.begin(session, begun()))

    def test_what_was_done_with_help_is_no_measure(self) -> None:
        session = self.assisted()
        test = test_of(session)
        response, right = _right(session), []
        for alone in (True, False):
            step = sitting.answer(session, test, 1, response, at(5), alone=alone)
            right.append(stepped(session, step).given[0].right)
        assert right == [True, None]

    def test_it_must_be_said_there_and_only_there(self) -> None:
        session = self.assisted()
        with pytest.raises(Refused, match="alone-missing"):
            sitting.answer(session, test_of(session), 1, _right(session), at(5))
        alone = running()
        with pytest.raises(Refused, match="alone-not-asked"):
            sitting.answer(alone, test_of(alone), 1, _right(alone), at(5), alone=True)

    def test_the_result_says_so(self) -> None:
        session = self.assisted()
        event: Event | None = None
        while session.status == "running":
            step = sitting.skip(session, test_of(session), session.number, at(5))
            session, event = stepped(session, step), step.event
        assert event is not None
        assert event.data()["assisted"] is True


def _right(session: Session) -> Any:
    assert session.asks is not None
    return right(BANK.item(session.asks))


ANYTHING = st.lists(
    st.tuples(st.sampled_from(["skip", "answer", "wrong", *STEPS, "phone", "links"]), st.floats(0, 200)), max_size=60
)


@settings(max_examples=60)
@given(ANYTHING, st.integers(0, 2**31))
def test_whatever_is_tried(tried: list[tuple[str, float]], seed: int) -> None:
    """Steps at random: the log gives the session again, its end is the last word, and nothing is asked twice."""
    entries: list[Entry] = [offer()]
    session, told, minutes = session_of(TEST, entries), [], 1.0
    for name, passed in tried:
        minutes += passed
        ended = session.status not in OPEN
        try:
            step = _try(name, session, minutes, seed)
        except Refused:
            continue
        assert not ended or name == "links", "what is over stays as it is"
        session = stepped(session, step)
        entries += step.entries
        told += [step.event.name] if step.event else []
    assert session_of(TEST, [ENTRY.validate_json(entry.model_dump_json()) for entry in entries]) == session
    left = [entry for entry in entries if isinstance(entry, Answered | Skipped)]
    assert len(session.given) == len(left) == len({entry.item for entry in left})
    assert told[:1] == (["test-started"] if any(isinstance(entry, Begun) for entry in entries) else [])
    ends = {"finished", "abandoned", "aborted", "expired"}
    assert told[1:] == ([f"test-{session.status}"] if session.status in ends else [])


def _try(name: str, session: Session, minutes: float, seed: int) -> Step:
    if name in {"answer", "wrong"}:
        test = test_of(session)
        item = BANK.item(session.asks) if session.asks else BANK.items[0]
        response = right(item) if name == "answer" else wrong(item)
        return sitting.answer(session, test, session.number, response, at(minutes))
    if name == "begin":
        start = at(minutes).at
        return sitting.begin(session, begun(at=start, seed=seed, until=start + timedelta(hours=24)))
    if name == "phone":
        return sitting.resume(session, test_of(session), "phone", at(minutes))
    if name == "links":
        return sitting.replace_links(at(minutes))
    by_name: dict[str, Callable[[], Step]] = {
        "route": lambda: sitting.route(session, "workshop", at(minutes)),
        "skip": lambda: sitting.skip(session, test_of(session), session.number, at(minutes)),
        "pause": lambda: sitting.pause(session, at(minutes)),
        "resume": lambda: sitting.resume(session, test_of(session), None, at(minutes)),
        "abandon": lambda: sitting.abandon(session, at(minutes)),
        "abort": lambda: sitting.abort(session, "Strømmen gik", at(minutes)),
    }
    return by_name[name]()


@settings(max_examples=40)
@given(st.lists(st.sampled_from([right, wrong, None]), min_size=40, max_size=40), st.integers(0, 2**31))
def test_a_test_ends_with_one_result_of_what_was_answered(choices: list[Any], seed: int) -> None:
    session, told = running(seed=seed), []
    for choice in choices:
        if session.status != "running":
            break
        assert session.asks is not None
        test, item = test_of(session), BANK.item(session.asks)
        if choice is None:
            step = sitting.skip(session, test, session.number, at(5))
        else:
            step = sitting.answer(session, test, session.number, choice(item), at(5))
        session, told = stepped(session, step), [*told, step.event]
    assert session.status == "finished"
    assert told[:-1] == [None] * (len(told) - 1)
    assert told[-1] is not None
    data = told[-1].data()
    answered = [BANK.item(one.item).area for one in session.given if one.right is not None]
    assert [area["items"] for area in data["areas"]] == [answered.count(area) for area in range(1, 6)]
    assert (data["items"], data["bank_version"], data["calibrated"]) == (len(answered), BANK.version, False)


class TestIDontKnow:
    def test_it_is_not_right_and_no_skip(self) -> None:
        session = running()
        step = sitting.answer(session, test_of(session), 1, None, at(5))
        (entry,) = step.entries
        assert isinstance(entry, Answered)
        assert (entry.response, entry.right) == (None, False)
        assert stepped(session, step).given[0].right is False
