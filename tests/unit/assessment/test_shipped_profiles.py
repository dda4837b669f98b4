"""The shipped profiles: all jobs of the report are there, and each thing that can be wrong with a file is told."""

import shutil
from pathlib import Path

import pytest

from services.assessment.shipped_profiles import DIRECTORY, BrokenProfiles, examine, load, shipped_profiles

JOBS = {
    "health-helper",
    "craftsman",
    "canteen-worker",
    "hotel-cleaner",
    "office",
    "sme-marketing",
    "statistics",
    "data-protection",
    "cloud",
}


def test_every_job_of_the_report_is_there_and_marked_as_a_judgement() -> None:
    assert {one.key for one in shipped_profiles()} == JOBS
    assert not any(one.validated for one in shipped_profiles())


def test_a_file_is_told_as_events_tell_it() -> None:
    (hotel,) = (one for one in shipped_profiles() if one.key == "hotel-cleaner")
    assert [(one.area, one.level, one.weight) for one in hotel.demands] == [(1, 2, 1.0), (2, 2, 2.0), (4, 1, 1.0)]
    assert hotel.tasks[1] == "Tager vagter og bytter dem i det elektroniske vagtsystem"
    assert (hotel.code.scheme, hotel.code.code) == ("DISCO-08", "9112")


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("level = 1", "level = 9", "demand.2.level is 9: Input should be less than or equal to 8. Correct it"),
        ("area = 4", "area = 6", "demand.2.area is 6: Input should be less than or equal to 5. Correct it"),
        ("area = 4", "area = 1", "area 1 is demanded 2 times. Write one demand for each area"),
        ("weight = 2.0", "weight = 0.0", "demand.1.weight is 0.0: Input should be greater than 0. Correct it"),
        ("validated = false\n", "", "validated is missing. Add it."),
        (
            "validated = false",
            "validated = false\nvalidate = true",
            "validate is no field here. Correct its name, or remove it.",
        ),
        ('title = "Hotelrengøring"', 'title = " "', "title is ' ': String should match pattern"),
        ('code = "9112"', 'code = "9112.1"', "occupation.code is '9112.1': String should match pattern"),
        (
            'tasks = ["Logger på med sin egen kode og giver den ikke til andre"]',
            "tasks = []",
            "demand.2.tasks is []: Tuple should have at least 1 item",
        ),
        (
            "giver den ikke til andre",
            "ring til 010179-0001",
            "a text holds what looks like a CPR number. Take it out",
        ),
        (
            "Logger på med sin egen kode og giver den ikke til andre",
            "Tager vagter og bytter dem i det elektroniske vagtsystem",
            "bytter dem i det elektroniske vagtsystem' stands 2 times. Leave it at one demand.",
        ),
        ("[[demand]]\narea = 1", "[[demand]\narea = 1", "it is no TOML: "),
    ],
)
def test_each_fault_is_told_with_its_file_and_what_to_do(tmp_path: Path, old: str, new: str, finding: str) -> None:
    text = (DIRECTORY / "hotel-cleaner.toml").read_text(encoding="utf-8")
    assert text.count(old) >= 1
    (tmp_path / "hotel-cleaner.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BrokenProfiles) as broken:
        load(tmp_path)
    (found,) = broken.value.findings
    assert str(found).startswith("hotel-cleaner.toml: ")
    assert finding in str(found)
    assert "010179" not in str(found)
    assert "docs/bank.md" not in str(found)


def test_two_profiles_cannot_be_told_apart_by_one_title(tmp_path: Path) -> None:
    for name in ("hotel", "motel"):
        shutil.copy(DIRECTORY / "hotel-cleaner.toml", tmp_path / f"{name}.toml")
    profiles, findings = examine(tmp_path)
    assert len(profiles) == 2
    assert [str(one) for one in findings] == [
        "hotel.toml, motel.toml: the title 'Hotelrengøring' is used 2 times. Give each a title of its own."
    ]


def test_a_directory_without_profiles_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BrokenProfiles, match="profiles-broken"):
        load(tmp_path)
