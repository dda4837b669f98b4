"""The lock file is what everybody installs: complete, with hashes, without addresses."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).parents[2]
LOCK = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
LOCKED = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, flags=re.MULTILINE))


def asked_for() -> list[Requirement]:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for group in project["optional-dependencies"].values() for line in group]
    return [Requirement(line) for line in [*project["dependencies"], *extras]]


def test_it_satisfies_everything_that_the_project_asks_for() -> None:
    unmet = [
        f"{wanted} (locked: {LOCKED.get(canonicalize_name(wanted.name))})"
        for wanted in asked_for()
        if LOCKED.get(canonicalize_name(wanted.name), "0") not in wanted.specifier
    ]
    assert unmet == [], "run make lock"


def test_each_package_has_a_hash_and_none_an_address() -> None:
    packages = re.split(r"^(?=\S)", LOCK, flags=re.MULTILINE)[1:]
    assert len(packages) >= len(LOCKED) > 50
    assert [package for package in packages if "--hash=sha256:" not in package] == []
    assert re.findall(r".*(?:://|@|--(?:extra-)?index|--find-links).*", LOCK) == []
