"""Golden files: in step with the code, only ever extended, and clear about what to do when they are not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shared.contracts import golden
from shared.contracts.golden import Incompatible, check, write

ROOT = Path(__file__).parents[2]
SCHEMA = "shared/contracts/schemas/courses/participation-ended.v1.json"
SAMPLE = "shared/contracts/history/courses/participation-ended.v1.json"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Everything that is generated, as text by path."""
    root = tmp_path_factory.mktemp("golden")
    return {str(path): (root / path).read_text(encoding="utf-8") for path in write(root)}


@pytest.fixture
def root(written: dict[str, str], tmp_path: Path) -> Path:
    """A repository of its own with all generated files in step."""
    for path, text in written.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def edit(file: Path, change: Callable[[Any], None]) -> None:
    content = json.loads(file.read_text(encoding="utf-8"))
    change(content)
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def test_the_repository_is_in_step() -> None:
    assert check(ROOT) == []


def test_writing_is_deterministic(written: dict[str, str], tmp_path: Path) -> None:
    assert {str(path): (tmp_path / path).read_text(encoding="utf-8") for path in write(tmp_path)} == written
    assert write(tmp_path) == []
    assert check(tmp_path) == []


def test_what_is_written(written: dict[str, str]) -> None:
    for path in (SCHEMA, SAMPLE, "shared/contracts/schemas/envelope.v1.json", "docs/events.md"):
        assert path in written
    for service in ("intake", "assessment", "courses", "outcomes"):
        assert f"docs/asyncapi/{service}.json" in written
        assert f"docs/openapi/{service}.json" in written
    assert sum(path.startswith("shared/contracts/schemas/") for path in written) == 69
    assert sum(path.startswith("shared/contracts/history/") for path in written) == 68


def test_an_empty_directory_is_told_what_to_do(tmp_path: Path) -> None:
    findings = check(tmp_path)
    assert f"{SCHEMA}: missing; run `loeft contracts write`" in findings
    assert f"{SAMPLE}: missing; run `loeft contracts write`" in findings


def test_an_extension_is_out_of_date_and_can_be_written(root: Path) -> None:
    def without_one(schema: Any) -> None:
        schema["properties"]["reason"]["enum"].remove("mis_registered")

    edit(root / SCHEMA, without_one)
    findings = check(root)
    assert len(findings) == 1
    assert findings[0].startswith(f"{SCHEMA}: out of date; run `loeft contracts write`")
    assert '+        "mis_registered"' in findings[0]
    assert write(root) == [Path(SCHEMA)]
    assert check(root) == []


def test_a_broken_promise_is_refused(root: Path) -> None:
    def with_more(schema: Any) -> None:
        schema["properties"]["reason"]["enum"].append("on_leave")
        schema["properties"]["comment"] = {"type": "string"}

    edit(root / SCHEMA, with_more)
    before = (root / SCHEMA).read_text(encoding="utf-8")
    findings = check(root)
    assert [finding.partition("; ")[0] for finding in findings] == [
        f"{SCHEMA}: reason: on_leave left the closed list (was {_reasons()}, on_leave, is {_reasons()})",
        f"{SCHEMA}: comment: the field was removed (was string, is nothing)",
    ]
    assert all(finding.endswith("make a new version of the event beside the old one") for finding in findings)
    with pytest.raises(Incompatible, match="on_leave left the closed list"):
        write(root)
    assert (root / SCHEMA).read_text(encoding="utf-8") == before


def _reasons() -> str:
    return (
        "completed, got_job, dropped_out, ill, moved, education, other_effort, not_met, "
        "cancelled_by_provider, mis_registered"
    )


def test_an_event_is_never_removed(root: Path) -> None:
    gone = root / "shared/contracts/schemas/courses/course-painted.v1.json"
    gone.write_text("{}", encoding="utf-8")
    assert check(root)[0].startswith(f"{gone.relative_to(root)}: the event is gone from the code")
    with pytest.raises(Incompatible):
        write(root)


def test_history_is_never_overwritten(root: Path) -> None:
    edit(root / SAMPLE, lambda event: event["data"].update(reason="ill"))
    before = (root / SAMPLE).read_text(encoding="utf-8")
    assert check(root) == []
    assert write(root) == []
    assert (root / SAMPLE).read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda event: event["data"].update(reason="vanished"), "reason"),
        (lambda event: event.update(type="dk.loeft.courses.course-painted.v1"), "unknown event type"),
        (lambda event: event.pop("time"), "attribute 'time' is missing"),
    ],
)
def test_history_that_cannot_be_read_is_told(root: Path, change: Callable[[Any], None], reason: str) -> None:
    edit(root / SAMPLE, change)
    findings = check(root)
    assert len(findings) == 1
    assert findings[0].startswith(f"{SAMPLE}: can no longer be read")
    assert reason in findings[0]


def test_a_long_difference_is_cut(root: Path) -> None:
    (root / "docs/events.md").write_text("nothing\n", encoding="utf-8")
    finding = check(root)[0]
    assert finding.startswith("docs/events.md: out of date")
    assert len(finding.splitlines()) == 14
    assert finding.splitlines()[-1].endswith("more lines")


def test_without_services_the_rest_is_still_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(golden, "application", lambda service: None)
    paths = {str(path) for path in write(tmp_path)}
    assert SCHEMA in paths
    assert not any(path.startswith("docs/openapi/") for path in paths)
