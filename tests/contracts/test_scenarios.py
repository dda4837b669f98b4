"""The stories of the source documents are events of ours: each line, attribute by attribute."""

import json
from collections import Counter
from pathlib import Path

import pytest

from shared.contracts.registry import payload
from shared.messaging.cloudevents import decode, encode

SCENARIOS = Path(__file__).parents[2] / "deploy" / "scenarios"


def lines(name: str) -> list[str]:
    return (SCENARIOS / name).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(("name", "count"), [("naestved-2021.jsonl", 186), ("azure-2021.jsonl", 791)])
def test_every_line_is_an_event(name: str, count: int) -> None:
    assert len(lines(name)) == count
    for line in lines(name):
        envelope = decode(line)
        event = payload(envelope)
        assert event.subject == envelope.subject
        assert event.municipality == envelope.municipality
        assert json.loads(encode(envelope)) == json.loads(line)
        assert event.data().items() >= envelope.data.items()


def test_what_naestved_tells() -> None:
    told = Counter(decode(line).name for line in lines("naestved-2021.jsonl"))
    assert told["participation-started"] == told["participation-ended"] == 23
    reasons = Counter(
        envelope.data["reason"]
        for envelope in map(decode, lines("naestved-2021.jsonl"))
        if envelope.name == "participation-ended"
    )
    assert reasons == {"completed": 17, "dropped_out": 3, "got_job": 3}


def test_what_azure_tells() -> None:
    told = Counter(decode(line).name for line in lines("azure-2021.jsonl"))
    assert told["citizen-identified"] == told["citizen-invited"] == 100
    assert told["certificate-awarded"] == 20
    assert told["company-registered"] == 9


@pytest.mark.parametrize("name", ["naestved-2021.jsonl", "azure-2021.jsonl"])
def test_sequences_have_no_gap(name: str) -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for envelope in map(decode, lines(name)):
        key = (envelope.service, envelope.subject)
        seen[key] += 1
        assert envelope.sequence == seen[key]
