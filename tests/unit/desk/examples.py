"""Documents as outcomes publishes them, with the numbers of the source documents (Næstved, Azure, the 77 % claim)."""

import json
from typing import Any

NAESTVED = "effort.0370.ac36ce32-3149-5bf7-81dc-384a3e4d0450"
AZURE = "effort.0101.b015f0e5-4fe2-5485-82a8-6dfd5a712a49"
CLAIM = "effort.0101.77777777-7777-4777-8777-777777777777"

DEFINITIONS = {
    "mikrosprint_job": "Andel af de påbegyndte deltagelser i mikrosprint, hvor borgeren startede i ordinært job.",
    "it_course_job": "Andel af de gennemførte eller certificerede deltagelser i bestemte it-kurser, der gav job.",
    "upskilled_praktik": "Antal forskellige borgere, der gennemførte et kursus eller fik bevis og kom i praktik.",
    "moved_on": "Andel af de påbegyndte deltagelser, hvor borgeren kom i job, løntilskud eller praktik.",
    "funnel": "Hvor mange forskellige borgere på hvert hold der indtil nu har nået hvert trin.",
    "agreements": "Antal forskellige virksomheder med mindst én samarbejdsaftale i kraft på dagen.",
    "service_goal": "Andel af virksomhedernes henvendelser, der blev besvaret senest 24 timer efter, at de kom.",
    "reach": "Andel af målgruppens tilmeldte borgere, der fik et digitalt tilbud inden for de seneste 365 dage.",
}
WINDOWED = {"mikrosprint_job", "it_course_job", "upskilled_praktik", "moved_on", "funnel"}


def row(indicator: str, so_far: int, numerator: int = 0, denominator: float | None = 0, **more: Any) -> dict[str, Any]:
    """One figure row; what the page does not read is left out."""
    return {
        "indicator": indicator,
        "dimensions": {},
        "window": 182 if indicator in WINDOWED else None,
        "so_far": so_far,
        "numerator": numerator,
        "denominator": denominator,
        "definition": DEFINITIONS[indicator],
        **more,
    }


def funnel(**counts: int) -> list[dict[str, Any]]:
    """Funnel rows; an end reason is given as ``ended_<reason>``."""
    return [row("funnel", count, stage=stage.replace("ended_", "ended:")) for stage, count in counts.items()]


def effort(
    key: str, as_of: str, *, course: dict[str, Any], cohorts: list[dict[str, Any]], rows: list[dict[str, Any]]
) -> dict[str, Any]:
    """An effort document."""
    _, municipality, course_id = key.split(".")
    return {
        "projection": "effort",
        "version": 1,
        "as_of": as_of,
        "municipality": municipality,
        "course": {"id": course_id, **course},
        "cohorts": cohorts,
        "rows": rows,
        "position": {"epoch": "e", "sequence": 1},
    }


def naestved(as_of: str = "2022-11-21", *, job: int = 3, mature: bool = True) -> dict[str, Any]:
    """23 started, 3 dropped out, 3 got a job on the way, 17 completed and met companies."""
    return effort(
        NAESTVED,
        as_of,
        course={
            "title": "Digital koordinator",
            "kind": "mikrosprint",
            "provider": "Ivækst",
            "methods": ["classroom", "practice-near"],
            "it_specific": True,
        },
        cohorts=[{"id": "54236d54", "starts": "2021-09-06", "ends": "2021-10-01", "capacity": 25}],
        rows=[
            *funnel(
                invited=23, accepted=23, enrolled=23, started=23, completed=17, met=17, job=job,
                ended_dropped_out=3, ended_got_job=3,
            ),
            row("mikrosprint_job", job, *((job, 23) if mature else (0, 0))),
            row("it_course_job", 0, *((0, 17) if mature else (0, 0))),
            row("upskilled_praktik", 0, 0, None),
            row(
                "moved_on", job, *((job, 23) if mature else (0, 0)),
                split={"ordinary": job if mature else 0}, split_so_far={"ordinary": job},
            ),
        ],
    )  # fmt: skip


def azure() -> dict[str, Any]:
    """100 identified and invited, 55 started, 40 completed, 20 certified and met companies."""
    return effort(
        AZURE,
        "2022-11-21",
        course={
            "title": "Azure Fundamentals",
            "kind": "mikrosprint",
            "provider": "Microsoft",
            "methods": ["e-learning"],
            "it_specific": True,
        },
        cohorts=[{"id": "dcd47fcb", "starts": "2020-11-02", "ends": "2020-12-18", "capacity": 60}],
        rows=[
            *funnel(
                identified=100, invited=100, accepted=55, enrolled=55, started=55, completed=40, certified=20, met=20,
                job=6, ended_dropped_out=9, ended_got_job=6,
            ),
            row("mikrosprint_job", 6, 6, 55),
            row("it_course_job", 0, 0, 40),
            row("upskilled_praktik", 0, 0, None),
            row("moved_on", 6, 6, 55, split={"ordinary": 6}, split_so_far={"ordinary": 6}),
        ],
    )  # fmt: skip


def claim() -> dict[str, Any]:
    """77 % of 2,500 moved on; the split is invented, for the documents have none."""
    return effort(
        CLAIM,
        "2022-11-21",
        course={"title": "Online markedsføring", "kind": "course", "provider": "Google", "methods": ["classroom"]},
        cohorts=[{"id": "c", "starts": "2021-01-04", "ends": "2021-01-29", "capacity": None}],
        rows=[
            *funnel(started=2500, completed=2300, praktik=900, wage_subsidy=300, job=725, ended_dropped_out=200),
            row("upskilled_praktik", 880, 0, None),
            row(
                "moved_on", 1925, 1925, 2500,
                split={"ordinary": 725, "wage_subsidy": 300, "praktik": 900},
                split_so_far={"ordinary": 725, "wage_subsidy": 300, "praktik": 900},
            ),
        ],
    )  # fmt: skip


def municipality(code: str, rows: list[dict[str, Any]], as_of: str = "2022-11-21") -> dict[str, Any]:
    """A municipality document."""
    return {
        "projection": "municipality",
        "version": 1,
        "as_of": as_of,
        "municipality": code,
        "rows": rows,
        "position": {"epoch": "e", "sequence": 1},
    }


def copenhagen() -> dict[str, Any]:
    """The summary of Copenhagen; agreements, contacts and reach are invented."""
    return municipality(
        "0101",
        [
            row("agreements", 9, 9, 20, target=20),
            row("mikrosprint_job", 6, 6, 55, target=40),
            row("it_course_job", 0, 0, 40),
            row("upskilled_praktik", 880, 880, None),
            row(
                "moved_on", 1931, 1931, 2555,
                split={"ordinary": 731, "wage_subsidy": 300, "praktik": 900},
                split_so_far={"ordinary": 731, "wage_subsidy": 300, "praktik": 900},
            ),
            row("service_goal", 17, 17, 20),
            row("reach", 640, 640, 2600),
            row("reach", 600, 600, 2000, dimensions={"target_group": "1"}),
            row("reach", 40, 40, 600, dimensions={"target_group": "3"}),
        ],
    )  # fmt: skip


def bytes_of(document: dict[str, Any]) -> bytes:
    """The document as it lies in the bucket."""
    return json.dumps(document).encode()


def everything() -> dict[str, dict[str, Any]]:
    """All of it by key."""
    return {
        NAESTVED: naestved(),
        AZURE: azure(),
        CLAIM: claim(),
        "municipality.0101": copenhagen(),
        "municipality.0370": municipality("0370", [row("agreements", 0, 0, None), row("mikrosprint_job", 3, 3, 23)]),
        "watermark": {"sequence": 977, "epoch": "e", "time": "2022-11-21T08:12:00Z"},
    }
