"""The job profiles that Løft ships, read from ``profiles/``: all of them are right, or all are refused with the faults.

A file holds one profile; its name is the profile's key. Each demand names the tasks that ask for it: a level that no
task explains cannot be checked by anybody. Each file states ``validated``, so that no judgement is overlooked.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from services.assessment.items.finding import Finding
from services.assessment.items.said import said
from services.assessment.items.words import Part
from shared.contracts.vocabulary import CPR, Demand, DigitalArea, Level, Occupation
from shared.problems import Problem

DIRECTORY = Path(__file__).parent / "profiles"
GUIDE = "docs/profiles.md"
Line = Annotated[str, StringConstraints(pattern=r"^\S(?s:.*\S)?$", max_length=500)]
"""A text that begins and ends with a letter or sign, never with a space."""


class DemandInFile(Part):
    """What the job asks in one area, and the tasks that ask for it."""

    area: DigitalArea
    level: Level
    weight: Annotated[float, Field(gt=0, le=10)]
    tasks: Annotated[tuple[Line, ...], Field(min_length=1, max_length=10)]


class OccupationInFile(Part):
    """Where the job stands in DISCO-08, whose first four digits are those of ISCO-08."""

    scheme: Annotated[str, Field(pattern=r"^DISCO-08$")]
    code: Annotated[str, Field(pattern=r"^\d{4}(\d\d)?$")]


class ProfileInFile(Part):
    """A whole file."""

    title: Annotated[Line, Field(max_length=200)]
    occupation: OccupationInFile
    validated: bool
    demand: Annotated[tuple[DemandInFile, ...], Field(min_length=1)]


class ShippedProfile(ProfileInFile):
    """A profile and its key."""

    key: str

    @property
    def demands(self) -> tuple[Demand, ...]:
        """As events tell them."""
        return tuple(Demand(area=one.area, level=one.level, weight=one.weight) for one in self.demand)

    @property
    def tasks(self) -> tuple[str, ...]:
        """All tasks, in the order of the file."""
        return tuple(task for one in self.demand for task in one.tasks)

    @property
    def code(self) -> Occupation:
        """The occupation as events tell it."""
        return Occupation(scheme=self.occupation.scheme, code=self.occupation.code)


class BrokenProfiles(Problem):
    """The profiles cannot be used. The detail holds every finding, one a line."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        number = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
        super().__init__("profiles-broken", f"The job profiles are broken: {number}", "\n".join(map(str, findings)))
        self.findings = tuple(findings)


@cache
def shipped_profiles() -> tuple[ShippedProfile, ...]:
    """The profiles that Løft ships, read once, by key. Raises BrokenProfiles."""
    return load(DIRECTORY)


def load(directory: Path) -> tuple[ShippedProfile, ...]:
    """The profiles in this directory. Raises BrokenProfiles with every finding."""
    profiles, findings = examine(directory)
    if findings:
        raise BrokenProfiles(findings)
    return profiles


def examine(directory: Path) -> tuple[tuple[ShippedProfile, ...], list[Finding]]:
    """The profiles as far as they can be read, and everything that is wrong with them, in the order of the files."""
    profiles: list[ShippedProfile] = []
    findings: list[Finding] = []
    for path in sorted(directory.glob("*.toml")):
        profile = _read(path, findings)
        if profile is not None:
            profiles.append(profile)
            findings += _faults(path, profile)
    if not profiles and not findings:
        findings.append(Finding(str(directory), "", "there is no profile", "Write one, as a .toml file."))
    findings += _titles_twice(profiles)
    return tuple(profiles), findings


def _read(path: Path, findings: list[Finding]) -> ShippedProfile | None:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return ShippedProfile.model_validate_json(json.dumps(raw | {"key": path.stem}, default=str))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        findings.append(Finding(path.name, "", f"it is no TOML: {error}", "Correct that line."))
    except ValidationError as error:
        findings += (Finding(path.name, "", *fault) for fault in said(error, GUIDE))
    return None


def _faults(path: Path, profile: ShippedProfile) -> Iterator[Finding]:
    for area, times in Counter(one.area for one in profile.demand).items():
        if times > 1:
            what = f"area {area} is demanded {times} times"
            yield Finding(path.name, "", what, "Write one demand for each area, with all its tasks.")
    if any(CPR.search(text) for text in (profile.title, *profile.tasks)):
        yield Finding(path.name, "", "a text holds what looks like a CPR number", "Take it out: everybody reads this.")
    for task, times in Counter(profile.tasks).items():
        if times > 1:
            yield Finding(path.name, "", f"the task {task!r} stands {times} times", "Leave it at one demand.")


def _titles_twice(profiles: Sequence[ShippedProfile]) -> Iterator[Finding]:
    for title, times in Counter(profile.title for profile in profiles).items():
        if times > 1:
            files = ", ".join(f"{profile.key}.toml" for profile in profiles if profile.title == title)
            yield Finding(files, "", f"the title {title!r} is used {times} times", "Give each a title of its own.")
