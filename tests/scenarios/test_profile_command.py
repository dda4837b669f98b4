"""``loeft profile`` on a running stack: published once, and written as a file that another stack imports."""

from pathlib import Path

import pytest

from deploy.events_file import read
from tests.scenarios.stack import RunningStack, loeft

pytestmark = pytest.mark.timeout(180)  # the first test starts the stack

ESBJERG = "0561"


async def test_profiles_are_published_once_and_written_for_others(stack: RunningStack, tmp_path: Path) -> None:
    wanted = ("profile", "publish", "--municipality", ESBJERG)
    assert [len(keys) for keys in (await stack.loeft(*wanted)).values()] == [9, 0]
    assert [len(keys) for keys in (await stack.loeft(*wanted)).values()] == [0, 9]
    file = tmp_path / "profiles.jsonl"
    await loeft("profile", "export", str(file), "--municipality", ESBJERG, "--data", str(stack.directory))
    written = read([file])
    assert {(one.name, one.municipality, one.sequence) for one in written} == {("job-profile-published", ESBJERG, 1)}
    assert len(written) == 9
    await stack.settled()
    await stack.let_in(ESBJERG)
    listed = (await stack.client("assessment", ESBJERG).get("/profiles")).json()
    own = [one for one in listed if one["municipality"] == ESBJERG]
    assert {one["profile_id"] for one in own} == {one.data["profile_id"] for one in written}
    assert not any(one["validated"] for one in own)
