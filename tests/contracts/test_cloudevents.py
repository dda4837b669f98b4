"""The codec: strict about what it reads, exact in what it gives back, and understood by the CloudEvents library."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.envelope import Envelope
from shared.messaging.cloudevents import CONTENT_TYPE, Malformed, decode, encode

CITIZEN = "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01"


def an_event(**changes: Any) -> dict[str, Any]:
    """A good event as JSON values; ``changes`` replace attributes, ``None`` included."""
    return {
        "specversion": "1.0",
        "id": "018f3a53-0000-7000-8000-000000000001",
        "source": "/loeft/0101/intake",
        "type": "dk.loeft.intake.citizen-left.v1",
        "subject": f"citizen/{CITIZEN}",
        "time": "2026-06-01T06:00:00Z",
        "recordedtime": "2026-06-02T09:30:15.250000Z",
        "sequence": "7",
        "datacontenttype": "application/json",
        "dataclassification": "personal",
        "data": {"municipality": "0101", "citizen_id": CITIZEN, "reason": "job", "on": "2026-06-01"},
    } | changes


def read(**changes: Any) -> Envelope:
    return decode(json.dumps(an_event(**changes)))


def without(name: str) -> str:
    return json.dumps({key: value for key, value in an_event().items() if key != name})


# -- reading and writing ------------------------------------------------------------------------------------------


def test_reads_every_attribute() -> None:
    envelope = read(
        correlationid="request-1", causationid="018f", traceparent="00-" + "a" * 32 + "-" + "b" * 16 + "-01"
    )
    assert envelope.id == UUID("018f3a53-0000-7000-8000-000000000001")
    assert (envelope.municipality, envelope.service, envelope.name) == ("0101", "intake", "citizen-left")
    assert envelope.time == datetime(2026, 6, 1, 6, tzinfo=UTC)
    assert envelope.recordedtime == datetime(2026, 6, 2, 9, 30, 15, 250000, tzinfo=UTC)
    assert envelope.sequence == 7
    assert (envelope.correlationid, envelope.causationid) == ("request-1", "018f")
    assert envelope.data["reason"] == "job"


def test_writes_the_attributes_in_one_order_and_leaves_out_the_absent() -> None:
    full = read(correlationid="c", causationid="d", dataschema="https://example.org/s", traceparent="t")
    assert list(json.loads(encode(full))) == [
        "specversion", "id", "source", "type", "subject", "time", "recordedtime", "sequence", "correlationid",
        "causationid", "datacontenttype", "dataschema", "dataclassification", "traceparent", "data",
    ]  # fmt: skip
    bare = json.loads(encode(read()))
    assert bare == an_event(recordedtime="2026-06-02T09:30:15.250000Z")


def test_same_event_same_bytes() -> None:
    content = encode(read())
    assert encode(decode(content)) == content
    assert encode(decode(content.decode())) == content


def test_times_are_told_in_utc() -> None:
    envelope = read(time="2026-06-01T00:30:00+02:00")
    assert envelope.time.utcoffset() == timedelta(0)
    assert json.loads(encode(envelope))["time"] == "2026-05-31T22:30:00Z"


def test_finer_than_microseconds_is_cut() -> None:
    assert read(time="2026-06-01T06:00:00.123456789Z").time.microsecond == 123456


@pytest.mark.parametrize("number", [2**53 + 1, 2**63, -(2**64) - 1, 10**40 + 7])
def test_integers_keep_every_digit(number: int) -> None:
    envelope = read(data={"municipality": "0101", "number": number})
    assert decode(encode(envelope)).data["number"] == number
    assert f'"number":{number}'.encode() in encode(envelope)


def test_unknown_extension_attributes_are_ignored() -> None:
    assert read(partitionkey="3", deprecated=True, myextension=12) == read()


def test_null_means_absent() -> None:
    assert read(correlationid=None, traceparent=None, datacontenttype=None) == read()


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "text/json", "application/vnd.loeft+json"])
def test_any_json_content_type_is_read(content_type: str) -> None:
    assert read(datacontenttype=content_type) == read()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=offsets)  # noqa: DTZ001 - zones are drawn
texts = st.text(min_size=1)
envelopes = st.builds(
    Envelope,
    id=st.uuids(),
    source=st.just("/loeft/0101/intake"),
    type=st.just("dk.loeft.intake.citizen-left.v1"),
    subject=st.uuids().map(lambda id_: f"citizen/{id_}"),
    time=moments,
    recordedtime=moments,
    sequence=st.integers(1, 10**18 - 1),
    correlationid=st.none() | texts,
    causationid=st.none() | texts,
    dataschema=st.none() | texts,
    dataclassification=st.sampled_from(["personal", "sensitive", "public"]),
    traceparent=st.none() | texts,
    data=st.dictionaries(st.text().filter(lambda key: key != "municipality"), json_values, max_size=5),
)


@given(envelopes)
def test_what_is_written_is_read_back(envelope: Envelope) -> None:
    assert decode(encode(envelope)) == envelope


@pytest.mark.parametrize(
    "text", ["æøåÆØÅ", 'he said "no" \\ /', "👩🏽‍💻", "\x00\x01\x1f\x7f\u2028\u2029", "\ufeff", "e\u0301"]
)
def test_awkward_texts_survive(text: str) -> None:
    envelope = read(data={"municipality": "0101", text: [text]}, correlationid=text)
    again = decode(encode(envelope))
    assert again.data[text] == [text]
    assert again.correlationid == text


def test_danish_letters_are_not_escaped() -> None:
    assert "Ørestad".encode() in encode(read(data={"municipality": "0101", "site": "Ørestad"}))


# -- the CloudEvents library --------------------------------------------------------------------------------------


@given(envelopes)
def test_the_library_reads_ours(envelope: Envelope) -> None:
    event = JSONFormat().read(CloudEvent, encode(envelope))
    assert event.get_id() == str(envelope.id)
    assert event.get_source() == envelope.source
    assert event.get_type() == envelope.type
    assert event.get_subject() == envelope.subject
    assert event.get_time() == envelope.time
    assert event.get_datacontenttype() == "application/json"
    assert event.get_extension("sequence") == str(envelope.sequence)
    assert event.get_extension("dataclassification") == envelope.dataclassification
    assert event.get_data() == envelope.data


@given(envelopes)
def test_we_read_the_librarys(envelope: Envelope) -> None:
    theirs = JSONFormat().write(JSONFormat().read(CloudEvent, encode(envelope)))
    assert decode(theirs) == envelope


def test_content_type_is_the_librarys() -> None:
    assert JSONFormat().get_content_type() == CONTENT_TYPE


# -- refusals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["id", "source", "type", "subject", "time", "recordedtime", "sequence", "dataclassification"]
)
def test_a_missing_attribute_is_named(name: str) -> None:
    for content in (without(name), json.dumps(an_event(**{name: None}))):
        with pytest.raises(Malformed, match=f"attribute '{name}' is missing"):
            decode(content)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"specversion": "0.3"}, "specversion must be \"1.0\", not '0.3'"),
        ({"specversion": None}, "specversion must be"),
        ({"id": "17"}, "id must be a UUID"),
        ({"id": "{018f3a53-0000-7000-8000-000000000001}"}, "id must be a UUID"),
        ({"id": ""}, "attribute 'id' must be a non-empty string"),
        ({"id": 5}, "attribute 'id' must be a non-empty string, not a number"),
        ({"source": "loeft/0101/intake"}, "attribute 'source'"),
        ({"source": "/loeft/101/intake"}, "attribute 'source'"),
        ({"source": "/loeft/٠١٠١/intake"}, "attribute 'source'"),
        ({"type": "dk.loeft.intake.citizen-left"}, "attribute 'type'"),
        ({"type": "dk.loeft.courses.course-closed.v1"}, "different services"),
        ({"subject": "citizen"}, "attribute 'subject'"),
        ({"subject": "citizen/a.b"}, "attribute 'subject'"),
        ({"subject": "citizen/>"}, "attribute 'subject'"),
        ({"time": "2026-06-01T06:00:00"}, "time must be an RFC 3339 time with Z or an offset"),
        ({"recordedtime": "2026-06-01T06:00:00"}, "recordedtime must be an RFC 3339 time"),
        ({"time": "2026-06-01"}, "time must be an RFC 3339 time"),
        ({"time": "2026-06-31T06:00:00Z"}, "attribute 'time'"),
        ({"time": "0001-01-01T00:00:00+02:00"}, "outside the years"),
        ({"time": "9999-12-31T23:00:00Z"}, "outside the years"),
        ({"time": 1780293600}, "attribute 'time' must be a non-empty string, not a number"),
        ({"sequence": 7}, "attribute 'sequence' must be a non-empty string, not a number"),
        ({"sequence": "0"}, "sequence must be a string with a whole number from 1"),
        ({"sequence": "-1"}, "sequence must be"),
        ({"sequence": "07"}, "sequence must be"),
        ({"sequence": "٧"}, "sequence must be"),
        ({"sequence": "9" * 5000}, "sequence must be"),
        ({"dataclassification": "secret"}, "attribute 'dataclassification'"),
        ({"correlationid": ""}, "attribute 'correlationid' must be a non-empty string"),
        ({"traceparent": ["a"]}, "attribute 'traceparent' must be a non-empty string, not a list"),
        ({"datacontenttype": "application/xml"}, "datacontenttype must be JSON, not 'application/xml'"),
        ({"datacontenttype": 1}, "datacontenttype must be JSON"),
        ({"data": None}, "data must be a JSON object, not nothing"),
        ({"data": "text"}, "data must be a JSON object, not text"),
        ({"data": [1]}, "data must be a JSON object, not a list"),
        ({"data_base64": "AA=="}, "data_base64 is not used"),
        ({"data": {"municipality": "0147"}}, "different municipalities"),
    ],
)
def test_an_ill_formed_attribute_is_refused_in_plain_words(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(Malformed) as refused:
        read(**changes)
    assert reason in refused.value.reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[]", "a JSON object is expected, not a list"),
        (b"null", "a JSON object is expected, not nothing"),
        (b'"text"', "a JSON object is expected, not text"),
        (b"7", "a JSON object is expected, not a number"),
        (b'{"id": NaN}', "NaN is no JSON number"),
        (b'{"id": 1e999}', "the number 1e999 is too large"),
        (b'{"id": "\xe6"}', "not UTF-8"),
        (b'{"id": "\\ud800"}', "not UTF-8"),
        ('{"id": "\ud800"}', "not UTF-8"),
        ("{}".encode("utf-16"), "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"id": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"id": "a\nb"}', "not JSON"),
    ],
)
def test_what_is_no_event_is_refused(content: bytes | str, reason: str) -> None:
    with pytest.raises(Malformed) as refused:
        decode(content)
    assert reason in refused.value.reason


@given(st.binary() | st.text() | json_values.map(json.dumps))
def test_nothing_but_malformed_is_ever_raised(content: bytes | str) -> None:
    with pytest.raises(Malformed):
        decode(content)


@given(
    st.sampled_from(sorted(an_event())),
    json_values | st.text() | st.sampled_from(["1.0", "/loeft/0101/courses", "2026-13-01T00:00:00Z"]),
)
def test_a_damaged_attribute_is_either_read_or_malformed(name: str, value: Any) -> None:
    try:
        envelope = decode(json.dumps(an_event(**{name: value})))
    except Malformed:
        return
    assert decode(encode(envelope)) == envelope


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", b"bytes", {1, 2}])
def test_a_payload_that_is_no_json_is_not_written(value: Any) -> None:
    envelope = read().model_copy(update={"data": {"value": value}})
    with pytest.raises(Malformed, match="cannot be written as JSON"):
        encode(envelope)
