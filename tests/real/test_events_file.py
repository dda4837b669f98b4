"""Events in files: the order in which they are stored, what becomes history, and files that cannot be imported."""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from deploy.events_file import UnreadableFile, export_events, import_events, in_log_order, read
from deploy.services import SERVICES, service_of
from shared.contracts.envelope import Envelope
from shared.ids import new_id
from shared.messaging.cloudevents import decode, encode
from shared.persistence.database import Database
from shared.persistence.transaction import Origin
from shared.problems import Refused
from tests.conftest import NewDatabase
from tests.real.story import story


class Databases(dict[str, Database]):
    """The services' databases, and in which order they were written to."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []

    def __getitem__(self, name: str) -> Database:
        if name not in self.written:
            self.written.append(name)
        return super().__getitem__(name)


@pytest.fixture
async def databases(new_database: NewDatabase) -> AsyncIterator[Databases]:
    """Empty databases of all services; none of the services runs."""
    opened = Databases()
    for name in SERVICES:
        opened[name] = Database(await new_database(name), service_of(name).appliers)
        await dict.__getitem__(opened, name).open()
    yield opened
    for database in opened.values():
        await database.close()


@pytest.fixture(scope="module")
def naestved() -> list[Envelope]:
    return story("naestved-2021.jsonl")


def lines(envelopes: list[Envelope]) -> list[str]:
    return [encode(envelope).decode() for envelope in envelopes]


class TestOrder:
    async def test_services_follow_each_other_as_citizens_meet_them_whatever_the_file_says(
        self, databases: Databases, naestved: list[Envelope]
    ) -> None:
        assert naestved[0].service == "courses"
        imported = await import_events(databases, naestved[::-1])
        assert (imported.stored, imported.known, imported.warnings) == (186, 0, [])
        assert databases.written == ["intake", "courses", "outcomes"]

    async def test_an_export_is_what_was_imported_in_one_order(
        self, databases: Databases, naestved: list[Envelope]
    ) -> None:
        shuffled = Random(7).sample(naestved, len(naestved))
        await import_events(databases, shuffled)
        exported = await export_events(databases)
        assert sorted(exported) == sorted(lines(naestved))
        assert exported == lines(in_log_order(sorted(in_log_order(shuffled), key=lambda e: SERVICES.index(e.service))))

    def test_each_entity_keeps_its_own_order_and_time_decides_between_entities(self, naestved: list[Envelope]) -> None:
        ordered = in_log_order(Random(1).sample(naestved, len(naestved)))
        assert [event.recordedtime for event in ordered] == sorted(event.recordedtime for event in naestved)
        for own in by_entity(ordered):
            assert own == list(range(1, len(own) + 1))

    def test_an_entity_whose_clock_went_back_is_still_in_its_own_order(self, naestved: list[Envelope]) -> None:
        """A transaction that waited for the entity began before the one that it waited for."""
        first, second = (
            event for event in naestved if event.subject == naestved[0].subject or event.name == "cohort-opened"
        )
        early = second.model_copy(update={"subject": first.subject, "sequence": 2, "recordedtime": moment(first, -5)})
        other = second.model_copy(update={"recordedtime": moment(first, -3)})
        assert in_log_order([early, first, other]) == [other, first, early]
        assert in_log_order([first, early, other]) == [other, first, early]


def by_entity(envelopes: list[Envelope]) -> Iterator[list[int]]:
    """The sequences of each entity's events in the order given."""
    entities = {(envelope.service, envelope.subject) for envelope in envelopes}
    for entity in entities:
        yield [event.sequence for event in envelopes if (event.service, event.subject) == entity]


def moment(envelope: Envelope, seconds: int) -> datetime:
    return envelope.recordedtime + timedelta(seconds=seconds)


class TestHistory:
    async def test_only_what_is_new_is_history_to_reactions_that_decide(
        self, databases: Databases, naestved: list[Envelope]
    ) -> None:
        """A placement that a command made a moment ago may still end a participation, though a file has it too."""
        live, *imported = [event for event in naestved if event.name == "placement-started"]
        async with databases["outcomes"].transaction(Origin("a command")) as tx:
            await tx.store(live)
        await import_events(databases, naestved)
        handled = {name: await database.pool.fetch("SELECT * FROM handled") for name, database in databases.items()}
        assert {name: len(rows) for name, rows in handled.items() if rows} == {"courses": 2}
        assert {row["reaction"] for row in handled["courses"]} == {"courses-end-on-job"}
        assert {row["event_id"] for row in handled["courses"]} == {event.id for event in imported}

    async def test_a_chunk_that_contradicts_the_log_is_not_stored(
        self, databases: Databases, naestved: list[Envelope]
    ) -> None:
        await import_events(databases, naestved)
        other = [event.model_copy(update={"id": naestved[-1].id}) for event in naestved if event.service == "intake"]
        with pytest.raises(Refused, match="sequence-taken"):
            await import_events(databases, other)
        assert await databases["intake"].pool.fetchval("SELECT count(*) FROM event_log") == 23

    async def test_a_gap_is_told(self, databases: Databases, naestved: list[Envelope]) -> None:
        frozen = next(event for event in naestved if event.name == "roster-frozen")
        without = [e for e in naestved if not (e.subject == frozen.subject and e.sequence == 1)]
        imported = await import_events(databases, without)
        assert imported.warnings == [f"{frozen.subject} in courses: 1 are neither in the file nor in the log"]

    async def test_what_the_log_has_already_is_no_gap(self, databases: Databases, naestved: list[Envelope]) -> None:
        await import_events(databases, [event for event in naestved if event.sequence == 1])
        imported = await import_events(databases, [event for event in naestved if event.sequence > 1])
        assert imported.stored > 0
        assert imported.warnings == []

    async def test_an_event_that_differs_from_the_one_with_its_id_is_refused(
        self, databases: Databases, naestved: list[Envelope]
    ) -> None:
        """Who corrects a file and keeps the id must not think that it went in."""
        await import_events(databases, naestved)
        before = await export_events(databases)
        told = next(event for event in naestved if event.name == "citizen-registered")
        elsewhere = {"subject": f"citizen/{new_id()}"}
        elsewhere_too = elsewhere | {"data": told.data | {"citizen_id": elsewhere["subject"].partition("/")[2]}}
        for changed in ({"time": told.time - timedelta(days=1)}, {"data": told.data | {"unit": "Nord"}}, elsewhere_too):
            with pytest.raises(Refused, match="id-taken"):
                await import_events(databases, [told.model_copy(update=changed)])
        assert await export_events(databases) == before
        written_otherwise = decode(json.dumps(dict(reversed(json.loads(encode(told)).items())), indent=1))
        assert (await import_events(databases, [written_otherwise])).known == 1

    async def test_what_happens_in_the_future_is_told(self, databases: Databases, naestved: list[Envelope]) -> None:
        ahead = [event.model_copy(update={"time": datetime(2999, 1, 1, tzinfo=UTC)}) for event in naestved[-2:]]
        (note,) = (await import_events(databases, [*naestved[:-2], *ahead])).warnings
        assert note.startswith("2 of them happen in the future, the last one 2999-01-01T00:00:00+00:00: ")


class TestFiles:
    @pytest.mark.parametrize("line", [b'{"id": "K\xf8benhavn"}\n', "\ufeff{}\n".encode("utf-16")])
    def test_a_file_that_is_no_utf_8_is_named_with_its_line(self, tmp_path: Path, line: bytes) -> None:
        file = tmp_path / "latin.jsonl"
        file.write_bytes(b"\n" + line)
        with pytest.raises(UnreadableFile) as unreadable:
            read([file])
        assert unreadable.value.findings[0].startswith("latin.jsonl:2: it is no UTF-8 text (")

    def test_an_event_that_is_filed_under_another_entity_is_named_with_its_line(
        self, tmp_path: Path, naestved: list[Envelope]
    ) -> None:
        file = tmp_path / "misfiled.jsonl"
        file.write_bytes(encode(naestved[0].model_copy(update={"subject": f"course/{new_id()}"})))
        with pytest.raises(UnreadableFile) as unreadable:
            read([file])
        (finding,) = unreadable.value.findings
        assert finding.startswith("misfiled.jsonl:1: ")
        assert f"but tells of {naestved[0].subject}" in finding

    @pytest.mark.parametrize(
        ("said", "instead", "reason"),
        [
            ('{"specversion"', '"specversion"', "not JSON"),
            ('"id":', '"number":', "attribute 'id' is missing"),
            ("intake.citizen-registered", "intake.citizen-greeted", "unknown event type"),
            ('"target_group"', '"group"', "data does not fit the contract (target_group: Field required)"),
        ],
    )
    def test_a_line_that_is_no_event_is_named_and_nothing_is_imported(
        self, tmp_path: Path, naestved: list[Envelope], said: str, instead: str, reason: str
    ) -> None:
        good = encode(next(event for event in naestved if event.name == "citizen-registered")).decode()
        assert good.count(said) == 1
        file = tmp_path / "events.jsonl"
        file.write_text(f"{good}\n\n{good.replace(said, instead)}\n", encoding="utf-8")
        with pytest.raises(UnreadableFile) as unreadable:
            read([file])
        (finding,) = unreadable.value.findings
        assert finding.startswith("events.jsonl:3: ")
        assert reason in finding
