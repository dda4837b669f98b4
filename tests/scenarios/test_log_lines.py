"""What the stack prints while the stories are told to it: JSON, one line for each thing that happens, nobody's data."""

import json
import re
from collections import Counter
from typing import Any

import pytest

from shared.contracts.envelope import Envelope
from shared.messaging.cloudevents import decode
from shared.telemetry.logging import CPR
from shared.telemetry.trace import trace_id
from tests.scenarios.stories import ELSEWHERE, Told

pytestmark = pytest.mark.timeout(180)  # the first test starts the stack

FOR_PEOPLE = re.compile(r"$|… |Løft is running|  |Ctrl-C|loading the stories")
FROM_BODIES = ("Økoladen", "Partnervirksomhed", "Digital koordinator", "Azure", "Ivækst", "Microsoft", "10000000")
Line = dict[str, Any]


@pytest.fixture
async def commanded(told: Told) -> list[Envelope]:
    """Every event that exists because of a command."""
    found = []
    for municipality in ELSEWHERE.values():
        found += [decode(line) for line in await told.stack.exported(municipality)]
    return found


@pytest.fixture
async def lines(told: Told) -> list[Line]:
    """The log so far, after requests that carry data where none belongs."""
    caseworker = told.stack.client("outcomes", "0147")
    await caseworker.get("/companies", params={"search": "Økoladen"})
    await told.stack.client("intake", "0147").get("/citizens/010179-0001")
    await told.stack.client("intake", "0147").post("/citizens/lookup", json={"cpr": "010179-0001"})
    printed = told.stack.output.read_text(encoding="utf-8").splitlines()
    assert [line for line in printed if not line.startswith("{") and not FOR_PEOPLE.match(line)] == []
    return [json.loads(line) for line in printed if line.startswith("{")]


def of_kind(lines: list[Line], kind: str) -> list[Line]:
    return [line for line in lines if line["event"] == kind]


async def test_each_command_has_one_line(lines: list[Line], commanded: list[Envelope]) -> None:
    commands = Counter(line["correlation_id"] for line in of_kind(lines, "command"))
    asked = {envelope.correlationid for envelope in commanded}
    assert {commands[correlation or ""] for correlation in asked} == {1}
    names = Counter(line["name"] for line in of_kind(lines, "command") if line["correlation_id"] in asked)
    assert names["register_citizen"] == 123
    assert names["enrol_citizen"] == 78
    assert names["award_certificate"] == 20
    for line in of_kind(lines, "command"):
        assert line.keys() >= {"service", "status", "ms", "trace_id", "timestamp", "level"}


async def test_each_event_has_one_line_at_the_command_or_the_reaction_that_made_it(
    lines: list[Line], commanded: list[Envelope]
) -> None:
    events = {line["event_id"]: line for line in of_kind(lines, "event")}
    assert len(events) == len(of_kind(lines, "event"))
    reactions = {(line["reaction"], line["event_id"]): line for line in of_kind(lines, "reaction")}
    for envelope in commanded:
        if envelope.causationid is None:
            line = events[str(envelope.id)]
            assert (line["type"], line["entity"]) == (envelope.type, envelope.subject)
        else:
            line = reactions["courses-end-on-job", envelope.causationid]
            assert (line["events"], line["repeated"]) == (1, False)
        assert (line["correlation_id"], line["trace_id"]) == (envelope.correlationid, trace_id(envelope.traceparent))
    by_reaction = [envelope for envelope in commanded if envelope.causationid]
    assert [envelope.data["reason"] for envelope in by_reaction] == ["got_job"] * 9


async def test_each_reaction_to_an_event_has_one_line(lines: list[Line], commanded: list[Envelope]) -> None:
    registered = {str(envelope.id) for envelope in commanded if envelope.name == "citizen-registered"}
    reacted = Counter(line["reaction"] for line in of_kind(lines, "reaction") if line["event_id"] in registered)
    assert reacted == dict.fromkeys(("assessment-know-citizen", "courses-know-citizen", "outcomes-know-citizen"), 123)


async def test_no_line_has_a_body_a_name_or_a_cpr_number(lines: list[Line]) -> None:
    assert len(lines) > 1000
    for line in lines:
        text = json.dumps(line, ensure_ascii=False)
        assert not CPR.search(text), text
        assert not [word for word in FROM_BODIES if word in text], text
        assert not {"body", "data", "cpr", "name_", "query"} & line.keys()
    assert {line["path"] for line in of_kind(lines, "refused") if line["status"] == 422} == {"/citizens/{citizen_id}"}
