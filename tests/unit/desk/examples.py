"""Documents as outcomes publishes them, with the numbers of the source documents (Næstved, Azure, the 77 % claim)."""

import json
from typing import Any

NAESTVED = "effort.0370.ac36ce32-3149-5bf7-81dc-384a3e4d0450"
AZURE = "effort.0101.b015f0e5-4fe2-5485-82a8-6dfd5a712a49"
OUTCOMES = "effort-outcomes.0370.ac36ce32-3149-5bf7-81dc-384a3e4d0450"
CLAIM = "effort.0101.77777777-7777-4777-8777-777777777777"

DEFINITIONS = {
    "mikrosprint_job": "Andel af de påbegyndte deltagelser i mikrosprint, hvor borgeren startede i ordinært job.",
    "it_course_job": "Andel af de gennemførte eller certificerede deltagelser i bestemte it-kurser, der gav job.",
    "upskilled_praktik": "Antal forskellige borgere, der gennemførte et kursus eller fik certifikat og kom i praktik.",
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


ENTERED = (
    (30, 2, 0.09, 0.025, 0.27),
    (91, 3, 0.14, 0.05, 0.34),
    (182, 3, 0.14, 0.05, 0.34),
    (365, 3, None, None, None),
)
STOOD = {
    1: {"job": 3, "wage_subsidy": 0, "praktik": 2, "education": 1, "unemployed": 15, "left": 1, "flexjob": 1},
    3: {"job": 3, "wage_subsidy": 1, "praktik": 1, "education": 0, "unemployed": 5, "left": 0},
    6: {"job": 0, "wage_subsidy": 0, "praktik": 0, "education": 0, "unemployed": 0, "left": 0},
    12: {"job": 0, "wage_subsidy": 0, "praktik": 0, "education": 0, "unemployed": 0, "left": 0},
}


def shown(indicator: str, numerator: int, denominator: int, **more: Any) -> dict[str, Any]:
    """A row of a second document."""
    counts = {"so_far": numerator, "numerator": numerator, "denominator": denominator}
    return {"indicator": indicator, "dimensions": {}, **counts, **more}


def outcomes(key: str, rows: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A second document."""
    projection, municipality = key.split(".")[:2]
    return {
        "projection": projection,
        "version": 1,
        "as_of": "2022-11-21",
        "municipality": municipality,
        "rows": rows,
        "definitions": {
            row["indicator"]: {"definition": f"Sådan regnes {row['indicator']}.", "definition_version": 1}
            for row in rows
        },
        "position": {"epoch": "e", "sequence": 1},
        **more,
    }


def pilot(**more: Any) -> dict[str, Any]:
    """A pilot that shall beat 45 %: 3 of 23, by the sentence and the interval that outcomes gives."""
    return {
        "pilot_id": "p1", "municipality": "0370", "course_id": "x", "course": "Digital koordinator",
        "as_of": "2022-11-21", "measure": "mikrosprint_job", "window": 182, "benchmark": 0.45,
        "registered_on": "2021-08-25", "first_size": 25, "planned_size": 60, "verdict": "stop",
        "said": "Stop: 23 af 60 planlagte er målt. 3 af dem (13 %) nåede målet.", "n": 23, "successes": 3,
        "share": 0.1304, "low": 0.0197, "high": 0.4096, "waiting": 0, "unsettled": 2,
        "decisions": [{"decision": "widen", "verdict": "cannot-tell-yet", "decided_by_role": "manager",
                       "reason": "Vi vil se et hold mere", "on": "2022-01-10"}],
        "definition": "Sådan dømmes en pilot.",
    } | more  # fmt: skip


def naestved_outcomes(*, kept: int = 2, **of_pilot: Any) -> dict[str, Any]:
    """What became of the 23, invented: two in a job within a month, three within three; nobody followed for a year."""
    entered = [
        shown("job_entry", jobs, 23, after_days=days, provisional=1, share=share, low=low, high=high)
        for days, jobs, share, low, high in ENTERED
    ]
    entered[-1]["curve"] = [[12, 0.04, 0.96], [13, 0.09, 0.91], [40, 0.14, 0.86], [50, 0.14, 0.8]]
    stood = [
        shown("status_after", count, sum(counts.values()), stage=stage, after_months=months)
        | ({"provisional": 1} if stage == "left" and months == 3 else {})
        for months, counts in STOOD.items()
        for stage, count in counts.items()
    ]
    flexjob = {"so_far": 1, "numerator": 1, "denominator": 2}
    retained = shown("retained", kept, 3, window=182, flexjob=flexjob)
    return outcomes(OUTCOMES, [*entered, *stood, retained], course={"id": "x"}, pilots=[pilot(**of_pilot)])


def compared(stage: str, started: tuple[int, int], others: tuple[int, int], *difference: float) -> dict[str, Any]:
    """A row of the comparison; the lock-in is the same with no jobs among those who started."""
    found = dict(zip(("difference", "difference_low", "difference_high"), difference, strict=False))
    beside = {"numerator": others[0], "denominator": others[1]}
    early = {"days": 91, "started": {"numerator": 0, "denominator": started[1]}, "others": beside, **found}
    return shown(
        "comparison", *started, stage=stage, compared={"others": beside, "left_out": 7, "lock_in": early, **found}
    )


def copenhagen_outcomes() -> dict[str, Any]:
    """What became of people in Copenhagen, invented."""
    seats = {"ordinary": 1, "wage_subsidy": 0, "praktik": 2, "flexjob": 0}
    return outcomes(
        "municipality-outcomes.0101",
        [
            shown("retained", 516, 650, window=182, flexjob={"numerator": 0, "denominator": 0}),
            shown("retained", 386, 486, window=182, dimensions={"target_group": "1"}),
            compared("3", (30, 100), (40, 200), 0.1, -0.01, 0.21),
            compared("6", (0, 0), (3, 10)),
            compared("9", (0, 0), (0, 0)),
            compared("all", (30, 100), (43, 210), 0.1, 0.02, 0.18),
            shown("gain", 10, 40),
            shown("gain", 4, 8, dimensions={"area": "4"}),
            shown("self_reliance", 20, 100),
            shown("self_reliance", 5, 10, dimensions={"theme": "mitid"}),
            shown("supply_demand", 0, 90, dimensions={"area": "4", "level": "4"}, split=dict.fromkeys(seats, 0)),
            shown("supply_demand", 3, 2, dimensions={"area": "4", "level": "5"}, split=seats),
        ],
    )


def bytes_of(document: dict[str, Any]) -> bytes:
    """The document as it lies in the bucket."""
    return json.dumps(document).encode()


def everything() -> dict[str, dict[str, Any]]:
    """All of it by key."""
    return {
        NAESTVED: naestved(),
        AZURE: azure(),
        CLAIM: claim(),
        OUTCOMES: naestved_outcomes(),
        "municipality.0101": copenhagen(),
        "municipality-outcomes.0101": copenhagen_outcomes(),
        "municipality.0370": municipality("0370", [row("agreements", 0, 0, None), row("mikrosprint_job", 3, 3, 23)]),
        "watermark": {"sequence": 977, "epoch": "e", "time": "2022-11-21T08:12:00Z"},
    }
