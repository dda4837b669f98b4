"""Profiles shared between municipalities: one publishes, another imports and holds its citizens against them."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from deploy.events_file import import_events, read
from services.assessment.profile_publishing import publish_shipped, shipped_id
from services.assessment.rules import profile
from services.assessment.shipped_profiles import shipped_profiles
from services.assessment.state import APPLY
from shared.contracts.vocabulary import Demand, Occupation
from shared.persistence import Database, Origin
from shared.web import Role
from tests.conftest import NewDatabase
from tests.real.answers import done, refused
from tests.real.assessment.measured import CITIZEN, area, finished, published
from tests.real.running_service import RunningService

ELSEWHERE = "0147"


@pytest.fixture
async def elsewhere(new_database: NewDatabase) -> AsyncIterator[Database]:
    """Assessment's database in the stack of another municipality."""
    opened = Database(await new_database("assessment"), APPLY)
    await opened.open()
    yield opened
    await opened.close()


async def exported(database: Database, file: Path) -> Path:
    """What `loeft events export` writes of a log of profiles."""
    rows = await database.pool.fetch("SELECT body FROM event_log ORDER BY id")
    file.write_text("".join(row["body"] + "\n" for row in rows), encoding="utf-8")
    return file


class TestShipped:
    async def test_they_are_published_once_however_often_and_what_people_did_with_them_stays(
        self, elsewhere: Database
    ) -> None:
        for new, known in ((9, 0), (0, 9)):
            async with elsewhere.transaction(Origin("test")) as tx:
                done_ = await publish_shipped(tx, ELSEWHERE, shipped_profiles())
            assert (len(done_.new), len(done_.known)) == (new, known)
        office = shipped_id(ELSEWHERE, "office")
        async with elsewhere.transaction(Origin("test")) as tx:
            await tx.append(profile.close(office, ELSEWHERE, None, closed=False))
        async with elsewhere.transaction(Origin("test")) as tx:
            assert (await publish_shipped(tx, ELSEWHERE, shipped_profiles())).new == []
            there = await publish_shipped(tx, "0370", shipped_profiles())
        assert len(there.new) == 9, "another municipality has its own"
        assert await elsewhere.pool.fetchval(
            "SELECT closed_at IS NOT NULL FROM job_profile WHERE profile_id = $1", office
        )
        assert await elsewhere.pool.fetchval("SELECT count(*) FROM job_profile WHERE NOT validated") == 18


class TestSharing:
    async def test_a_gap_is_found_against_the_profile_of_another_municipality(
        self,
        assessment: RunningService,
        caseworker: httpx.AsyncClient,
        desk: httpx.AsyncClient,
        elsewhere: Database,
        tmp_path: Path,
    ) -> None:
        own = await published(desk, (1, 8))
        async with elsewhere.transaction(Origin("test")) as tx:
            await publish_shipped(tx, ELSEWHERE, shipped_profiles())
        here = Database(assessment.address, APPLY)
        await here.open()
        try:
            await self._brought(here, elsewhere, tmp_path, stored=9, known=0)
            hotel = shipped_id(ELSEWHERE, "hotel-cleaner")
            read_there = done(await caseworker.get(f"/profiles/{hotel}"))
            assert (read_there["title"], read_there["municipality"]) == ("Hotelrengøring", ELSEWHERE)
            assert read_there["tasks"][0].startswith("Ser på telefonen, hvilke værelser")
            assert len((await caseworker.get("/profiles")).json()) == 10
            test = finished(area(1, 2, 3), area(2, 3, 3), area(4, 1, 2))
            done(await caseworker.post(f"/citizens/{CITIZEN}/tests", json=test), 201)
            gaps = f"/citizens/{CITIZEN}/gaps"
            found = done(await caseworker.post(gaps, json={"profile_id": str(hotel)}), 201)
            assert (found["verdict"], found["profile_version"]) == ("ready", 1)
            assert [mark.partition(":")[0] for mark in found["marks"]] == ["Ikke kalibreret", "Ikke valideret"]
            refused(await desk.post(f"/profiles/{hotel}/close", json={}), 404, "profile-unknown")

            async with elsewhere.transaction(Origin("test")) as tx:  # there the job has come to ask for more
                await tx.append(
                    profile.publish(
                        hotel,
                        ELSEWHERE,
                        title="Hotelrengøring",
                        occupation=Occupation(scheme="DISCO-08", code="9112"),
                        demands=[Demand(area=2, level=4)],
                        tasks=["Bestiller linned på nettet"],
                        company_id=None,
                        validated=True,
                    )
                )
            await self._brought(here, elsewhere, tmp_path, stored=1, known=9)
            found = done(await caseworker.post(gaps, json={"profile_id": str(hotel)}), 201)
            assert (found["verdict"], found["profile_version"], len(found["marks"])) == ("not-yet", 2, 1)
            async with elsewhere.transaction(Origin("test")) as tx:
                await tx.append(profile.close(hotel, ELSEWHERE, "Findes ikke mere", closed=False))
            await self._brought(here, elsewhere, tmp_path, stored=1, known=10)
            refused(await caseworker.post(gaps, json={"profile_id": str(hotel)}), 409, "profile-closed")
        finally:
            await here.close()
        assert done(await assessment.caller(Role.ANALYST).get(f"/profiles/{own}"))["version"] == 1

    async def _brought(self, here: Database, elsewhere: Database, directory: Path, *, stored: int, known: int) -> None:
        """Import the other stack's events, as `loeft events import` does."""
        file = await exported(elsewhere, directory / "profiles.jsonl")
        imported = await import_events({"assessment": here}, read([file]))
        assert (imported.stored, imported.known, imported.warnings) == (stored, known, [])
