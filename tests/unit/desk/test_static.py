"""What is served to browsers: unchanged copies, and no address of another host."""

import hashlib
import re
from pathlib import Path

import pytest

import services.desk

DESK = Path(services.desk.__file__).parent
STATIC = DESK / "static"
ROWS = re.findall(r"^\| `(vendor/[^`]+)` \| (\d+) \| `([0-9a-f]{64})` \|$", (STATIC / "VENDORED.md").read_text(), re.M)


def test_every_vendored_file_is_in_the_list_and_no_other() -> None:
    files = {str(file.relative_to(STATIC)) for file in STATIC.glob("vendor/**/*") if file.is_file()}
    assert files == {name for name, _, _ in ROWS}


@pytest.mark.parametrize(("name", "size", "sha256"), ROWS)
def test_a_vendored_file_is_the_one_in_the_list(name: str, size: str, sha256: str) -> None:
    content = (STATIC / name).read_bytes()
    assert (len(content), hashlib.sha256(content).hexdigest()) == (int(size), sha256)


@pytest.mark.parametrize(
    "file", [*STATIC.rglob("*.css"), *STATIC.rglob("*.js"), *(DESK / "templates").glob("*.html")], ids=lambda f: f.name
)
def test_nothing_served_names_another_host(file: Path) -> None:
    assert (
        re.findall(r"""(?:url\(|src=|href=|@import|fetch\()\s*["']?(?:https?:)?//[^"')\s]+""", file.read_text()) == []
    )


@pytest.mark.parametrize("file", sorted((DESK / "templates").glob("*.html")), ids=lambda f: f.name)
def test_templates_have_no_inline_script_or_style(file: Path) -> None:
    # the Content-Security-Policy would stop them in silence
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|\|\s*safe\b", text)
