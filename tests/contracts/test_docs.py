"""What the documentation names is there: files, commands, options, targets, settings, metrics, links, definitions."""

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
import typer
from fastapi import APIRouter
from typer.core import TyperGroup

from deploy.cli import app
from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.indicator import Indicator
from shared.persistence.access_log import Mergers
from shared.settings import Settings
from shared.web import Service

ROOT = Path(__file__).parents[2]
HANDWRITTEN = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]
DOCUMENTS = sorted([ROOT / name for name in HANDWRITTEN] + list((ROOT / "docs").rglob("*.md")))
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
PATH = re.compile(r"(?<![\w./-])((?:shared|services|deploy|docs|tests|\.ci)/[\w./*<>-]*[\w/>*]|\.ci/run)")
ROOT_FILE = re.compile(r"^(?:[A-Z][\w.]*\.md|LICENSE|Makefile|[\w.-]+\.(?:toml|lock|yml)|\.env\.example)$")
ROOMS = ("shared", "services", "deploy", "tests")
CODE = {".py", ".css", ".js", ".html", ".yml", ".conf", ".sh"}
MADE_UP = {"shared/contracts/schemas/courses/course-painted.v1.json"}
MADE_LATER = ("deploy/secrets/",)  # by deploy/secrets.sh
TARGET = re.compile(r"(?:^|[\s`])make ([a-z]+)\b")
COMMAND = re.compile(r"(?:^|[\s`/(])loeft((?: +(?:--?)?[\w./<>=:…-]+)+)", re.MULTILINE)

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def code_in(text: str) -> Iterator[str]:
    """Every piece of code: fenced blocks and code spans."""
    for _, block in FENCE.findall(text):
        yield block
    yield from SPAN.findall(FENCE.sub("", text))


def slugs(document: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = HEADING.findall(FENCE.sub("", document.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_document
def test_every_path_that_is_named_exists(document: Path) -> None:
    code = list(code_in(document.read_text(encoding="utf-8")))
    named = {path for piece in code for path in PATH.findall(piece)}
    named |= {piece for piece in code if ROOT_FILE.match(piece)}

    missing = [
        path for path in named if not path.startswith(MADE_LATER) and not any(ROOT.glob(re.sub(r"<\w+>", "*", path)))
    ]

    assert missing == []


def test_every_path_that_the_code_names_exists() -> None:
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*") if file.suffix in CODE]
    assert len(files) > 500

    missing = [
        f"{file.relative_to(ROOT)}: {path}"
        for file in files
        if "vendor" not in file.parts
        for path in set(PATH.findall(file.read_text(encoding="utf-8"))) - MADE_UP
        if not any(ROOT.glob(re.sub(r"<\w+>", "*", f"{path}*")))  # a decision may be named by its number
    ]

    assert missing == []


@every_document
def test_every_link_leads_somewhere(document: Path) -> None:
    broken = []
    for link in LINK.findall(FENCE.sub("", document.read_text(encoding="utf-8"))):
        address, _, anchor = link.partition("#")
        target = document.parent / address if address else document
        if "://" in link:
            continue
        if not target.exists() or (anchor and anchor not in slugs(target)):
            broken.append(link)

    assert broken == []


@every_document
def test_every_loeft_command_exists(document: Path) -> None:
    said = [words for piece in code_in(document.read_text(encoding="utf-8")) for words in COMMAND.findall(piece)]
    wrong = [f"loeft{words}: {word}" for words in said if (word := unknown_word(words.split()))]

    assert wrong == []


def unknown_word(words: list[str]) -> str | None:
    """The first word that is no command or option of ``loeft``, or None; nothing is asked of what follows ``…``."""
    command: Any = typer.main.get_command(app)
    for word in takewhile(lambda word: word != "…", words):
        if word.startswith("-") and word != "--":
            known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
            if word.partition("=")[0] not in known:
                return word
        elif isinstance(command, TyperGroup):
            command = command.get_command(None, word)  # type: ignore[arg-type] # of which ours need nothing
            if command is None:
                return word
    return None


def test_a_command_that_does_not_exist_would_be_found() -> None:
    assert unknown_word(["events", "import", "file.jsonl", "--json"]) is None
    assert unknown_word(["effect", "show", "--by", "course", "--from-log"]) is None
    assert unknown_word(["effect", "draw"]) == "draw"
    assert unknown_word(["rebuild", "--chek"]) == "--chek"


@every_document
def test_every_make_target_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {target for piece in code_in(document.read_text(encoding="utf-8")) for target in TARGET.findall(piece)}

    assert named <= targets


@every_document
def test_every_setting_exists(document: Path) -> None:
    known = {f"LOEFT_{name.upper()}" for name in Settings.model_fields}
    for file in ("docker-compose.yml", "shared/crash.py"):
        known |= set(re.findall(r"LOEFT_[A-Z_]+", (ROOT / file).read_text(encoding="utf-8")))
    named = set(re.findall(r"LOEFT_[A-Z_]*[A-Z]", document.read_text(encoding="utf-8")))

    assert named <= known


def section(document: str, heading: str) -> str:
    """What stands under a heading of a document."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_operations_tells_every_figure_and_every_alarm() -> None:
    told = set(re.findall(r"`(\w+)`", section("docs/operations.md", "Metrics and alarms")))
    code = [file.read_text(encoding="utf-8") for part in ("shared", "services") for file in (ROOT / part).rglob("*.py")]
    figures = set(re.findall(r'"(loeft_\w+)"', "".join(code)))
    alarms = set(re.findall(r"alert: (\w+)", (ROOT / "deploy/prometheus/rules.yml").read_text(encoding="utf-8")))

    assert len(figures) > 5
    assert {name for name in told if name.startswith("loeft_")} == figures
    assert alarms <= told


async def test_operations_tells_every_readiness_check() -> None:
    told = set(re.findall(r"`(\w+)`", section("docs/operations.md", "Readiness")))
    service = Service("nobody", description="", api=APIRouter(), apply={}, reactions=[], mergers=Mergers(""))

    assert set(await service.readiness()) <= told
    assert {"projector", "projections"} <= told


def test_performance_names_the_gates_that_are_measured() -> None:
    told = re.findall(r"`((?:p99 )?[<>]=? [^`]*)`", section("docs/performance.md", "What is measured, and the gates"))
    files = ("live", "throughput", "rebuilding", "history", "scale", "curve", "pages")
    code = [(ROOT / f"tests/benchmarks/{name}.py").read_text(encoding="utf-8") for name in files]
    measured = re.findall(r'"((?:p99 )?[<>]=? [^"{]+)"', "".join(code))

    assert len(measured) > 12
    assert set(told) == set(measured)


@every_document
def test_python_examples_are_python(document: Path) -> None:
    for language, block in FENCE.findall(document.read_text(encoding="utf-8")):
        if language == "python":
            compile(block, str(document), "exec")


def test_the_example_that_needs_no_machine_says_what_the_document_says(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = FENCE.findall((ROOT / "docs/integration.md").read_text(encoding="utf-8"))
    place = next(number for number, block in enumerate(blocks) if block[0] == "python" and "JSONFormat" in block[1])
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()

    with redirect_stdout(printed):
        exec(compile(blocks[place][1], "docs/integration.md", "exec"), {})

    assert printed.getvalue() == blocks[place + 1][1]


def test_every_decision_is_in_the_index_and_says_what_enforces_it() -> None:
    index = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")

    assert [file.name for file in DECISIONS if f"({file.name})" not in index] == []
    for file in DECISIONS:
        text = file.read_text(encoding="utf-8")
        assert text.startswith(f"# {file.name[:4]}"), file.name
        for part in ("Context", "Decision", "Consequences"):
            assert f"**{part}" in text, f"{file.name} has no {part}"
        assert re.search(r"\*\*Enforced by|`tests/", text), f"{file.name} does not say what enforces it"


def described(indicator: Indicator) -> str:
    """An indicator as ``docs/effect.md`` describes it. Where this test fails, copy what it expected."""
    windows = ", ".join(map(str, indicator.windows)) or "none"
    return "\n".join(
        [
            f"### `{indicator.key}`: {indicator.title_en}",
            "",
            f"{indicator.definition_en}",
            "",
            f"- **In Danish:** {indicator.title_da}. {indicator.definition_da}",
            f"- **Numerator** (tæller): {indicator.numerator}.",
            f"- **Denominator** (nævner): {indicator.denominator}.",
            f"- **Left out** (ikke med): {indicator.exclusions}",
            f"- **When it counts** (modenhed): {indicator.maturity}",
            f"- **Windows:** {windows}. **Cuts:** {', '.join(indicator.dimensions)}.",
            f"- **Asked for by:** {indicator.source}. **Owner:** {indicator.owner}. **Version:** {indicator.version}.",
            "",
        ]
    )


@pytest.mark.parametrize("indicator", list(CATALOGUE.values()), ids=lambda indicator: indicator.key)
def test_effect_says_what_the_catalogue_says(indicator: Indicator) -> None:
    told = (ROOT / "docs/effect.md").read_text(encoding="utf-8")
    section = re.search(rf"^### `{indicator.key}`.*?(?=^##|\Z)", told, re.MULTILINE | re.DOTALL)

    assert section is not None
    assert section.group().rstrip() == described(indicator).rstrip()


def test_effect_describes_no_indicator_that_is_not_there() -> None:
    told = (ROOT / "docs/effect.md").read_text(encoding="utf-8")

    assert re.findall(r"^### `(\w+)`", told, re.MULTILINE) == list(CATALOGUE)
