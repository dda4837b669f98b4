"""The ledger itself: it must find what is wrong, or its silence proves nothing."""

from uuid import UUID

from shared.contracts.envelope import Envelope
from tests.faults import ledger
from tests.real.story import changed, identity, story


def events() -> list[Envelope]:
    return [envelope for envelope in story("naestved-2021.jsonl") if envelope.service == "courses"]


def ids(envelopes: list[Envelope]) -> list[UUID]:
    return [envelope.id for envelope in envelopes]


def test_a_whole_ledger_has_no_faults() -> None:
    told = events()
    assert ledger._streamed(told, ids(told)) == []
    assert ledger._versions(told) == []


def test_finds_what_is_lost_twice_and_unsent() -> None:
    told, stranger = events(), identity("nobody sent it")
    streamed = [*ids(told)[1:], told[5].id, stranger]
    assert ledger._streamed(told, streamed) == [
        f"lost: committed, but not on the bus (1): {told[0].name} {told[0].id}",
        f"twice on the bus (1): {told[5].name} {told[5].id}",
        f"unsent: on the bus, but in no log (1): {stranger}",
    ]


def test_finds_a_version_that_is_missing_or_out_of_order() -> None:
    told = [envelope for envelope in events() if envelope.subject.startswith("citizen/")]
    entity = [envelope for envelope in told if envelope.subject == told[0].subject]
    assert len(entity) > 2
    for wrong in ([entity[0], *entity[2:]], [entity[1], entity[0], *entity[2:]], [entity[0], *entity]):
        (fault,) = ledger._versions(wrong)
        assert fault.startswith("not numbered 1, 2, 3 … (1): courses citizen/")


def test_finds_answers_without_event_and_events_without_answer() -> None:
    offered = next(envelope for envelope in events() if envelope.name == "course-offered")
    course = offered.data["course_id"]
    told = {"course-offered": [course]}
    assert ledger._told([offered], told) == []
    assert ledger._told([], told) == [f"course-offered: answered, but not in the log (1): {course}"]
    assert ledger._told([offered, offered], told) == [f"course-offered: in the log twice (1): {course}"]
    assert ledger._told([offered], {}) == [f"course-offered: in the log, but no answer told it (1): {course}"]


def test_finds_jobs_without_effect_and_effects_without_job() -> None:
    ended = next(envelope for envelope in events() if envelope.name == "participation-ended")
    enrolment = ended.data["enrolment_id"]
    job = changed(ended, id=identity("job"), type="dk.loeft.outcomes.placement-started.v1", data={"placement_id": "p"})
    effect = changed(ended, causationid=str(job.id), data=ended.data | {"reason": "got_job"})
    assert ledger._jobs([job, effect], {enrolment: "p"}) == []
    assert ledger._jobs([job], {enrolment: "p"})[0].startswith("a job without effect (1): ")
    assert ledger._jobs([job, effect, effect], {enrolment: "p"}) == [f"a participation ended twice (1): {enrolment}"]
    assert ledger._jobs([job, effect], {})[0].startswith("a participation ended by nobody's job (1): ")
