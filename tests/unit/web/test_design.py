"""What is served to browsers: unchanged copies, no address of another host, and nothing that the headers would stop."""

import hashlib
import re
from pathlib import Path

import pytest

import services.assessment.web
import services.desk
import services.intake.web
import shared.web.citizen
from shared.web.design import DESIGN

ROOMS = (services.desk, services.assessment.web, services.intake.web, shared.web.citizen)
PAGES = [Path(room.__file__).parent for room in ROOMS]
TEMPLATES = sorted(template for pages in PAGES for template in (pages / "templates").rglob("*.html"))
SERVED = [
    *TEMPLATES,
    *(file for root in (DESIGN, *PAGES) for kind in ("*.css", "*.js") for file in sorted(root.rglob(kind))),
]
ROWS = re.findall(r"^\| `(vendor/[^`]+)` \| (\d+) \| `([0-9a-f]{64})` \|$", (DESIGN / "VENDORED.md").read_text(), re.M)


def test_every_vendored_file_is_in_the_list_and_no_other() -> None:
    files = {str(file.relative_to(DESIGN)) for file in DESIGN.glob("vendor/**/*") if file.is_file()}
    assert files == {name for name, _, _ in ROWS}


@pytest.mark.parametrize(("name", "size", "sha256"), ROWS)
def test_a_vendored_file_is_the_one_in_the_list(name: str, size: str, sha256: str) -> None:
    content = (DESIGN / name).read_bytes()
    assert (len(content), hashlib.sha256(content).hexdigest()) == (int(size), sha256)


@pytest.mark.parametrize("file", SERVED, ids=lambda file: f"{file.parts[-3]}-{file.name}")
def test_nothing_served_names_another_host(file: Path) -> None:
    assert (
        re.findall(r"""(?:url\(|src=|href=|@import|fetch\()\s*["']?(?:https?:)?//[^"')\s]+""", file.read_text()) == []
    )


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: f"{file.parts[-3]}-{file.name}")
def test_templates_have_no_inline_script_or_style(file: Path) -> None:
    # the Content-Security-Policy would stop them in silence
    text = re.sub(r"{[%#].*?[%#]}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)  # what is not sent
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|\|\s*safe\b", text)
