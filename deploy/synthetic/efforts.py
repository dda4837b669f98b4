"""The made-up world: who the citizens are, which efforts there are, and what each effort truly does.

The truth is a daily hazard of finding an ordinary job. Without any effort it is ``job_hazard(group, education)`` times
the season of the month. While a citizen takes part in an effort it is multiplied by ``during`` (lock-in: below 1), and
for ``EFFECT_DAYS`` after a completed course by ``after``. Who starts an effort is drawn without regard to anything but
target group, so an honest comparison must find these ratios again. Everything else in the stories is decoration.
"""

from dataclasses import dataclass

EFFECT_DAYS = 182


@dataclass(frozen=True, slots=True)
class Effort:
    """One course with its true effect on the hazard of an ordinary job."""

    title: str
    kind: str
    provider: str
    methods: tuple[str, ...]
    weeks: int
    hours: int
    areas: tuple[tuple[int, int], ...]  # competence area, level it leads to
    groups: tuple[str, ...]
    it_specific: bool
    certificate: str | None
    completion: float  # share that completes when no job comes between
    during: float  # hazard ratio while it runs
    after: float  # hazard ratio after it was completed


EFFORTS = (
    Effort("Digital koordinator", "mikrosprint", "Ivækst", ("classroom", "practice-near"), 4, 120, ((2, 4), (3, 4)),
           ("1", "2"), True, None, 0.86, 0.7, 1.8),
    Effort("Azure Fundamentals", "mikrosprint", "Microsoft", ("e-learning",), 6, 60, ((5, 5),),
           ("1",), True, "AZ-900", 0.75, 0.8, 1.5),
    Effort("Sociale medier og markedsføring", "mikrosprint", "AOF", ("group-work", "practice-near"), 2, 60,
           ((2, 5), (3, 5)), ("1",), False, None, 0.9, 0.6, 1.3),
    Effort("Digitalt regnskab på deltid", "course", "Niels Brock", ("classroom", "e-learning"), 4, 80,
           ((1, 4), (5, 4)), ("9",), True, "ERP-1", 0.8, 0.8, 2.0),
    Effort("Kontorpakken fra bunden", "e-learning", "AOF", ("e-learning", "self-study"), 3, 30, ((1, 3), (3, 3)),
           ("1", "2", "3", "4"), True, None, 0.55, 1.0, 1.0),
    Effort("Digital hverdag", "workshop-series", "eMentorerne", ("gaming", "mentoring"), 8, 32,
           ((1, 2), (2, 2), (4, 2)), ("3", "4", "5"), False, None, 0.7, 1.0, 1.2),
    Effort("Tavlemøde og arbejdsseddel på tablet", "workplace", "Håndværkets Hus", ("workplace",), 3, 90,
           ((1, 3), (2, 3)), ("1", "2", "3"), False, None, 0.85, 0.5, 2.2),
    Effort("Persondata og sikkerhed", "course", "IT-Akademiet", ("classroom",), 3, 70, ((4, 5),),
           ("1", "2"), True, "GDPR-F", 0.8, 0.5, 0.8),
)  # fmt: skip

# Full-year persons in the expert group's report: 6,000 graduates, 7,800 other dagpenge receivers, 2,400 job-ready
# kontanthjælp receivers, 17,300 vulnerable citizens (their parts by target group are assumed).
POPULATION = (  # target group, graduate, weight, share under 30, weights of education none … long
    ("1", True, 6000, 0.70, (0, 0, 0, 0, 25, 75)),
    ("1", False, 7800, 0.26, (4, 18, 27, 20, 23, 8)),
    ("2", False, 2400, 0.07, (10, 50, 25, 5, 7, 3)),
    ("3", False, 9500, 0.05, (30, 45, 15, 4, 4, 2)),
    ("4", False, 2600, 1.00, (60, 40, 0, 0, 0, 0)),
    ("5", False, 2900, 1.00, (65, 35, 0, 0, 0, 0)),
    ("9", False, 2300, 0.04, (10, 30, 35, 10, 10, 5)),
)
EDUCATION = ("none", "unskilled", "skilled", "short", "medium", "long")

_BASE = {"1": 0.0034, "2": 0.0016, "3": 0.0004, "4": 0.0010, "5": 0.0004, "9": 0.0007}
_BY_EDUCATION = {"none": 0.7, "unskilled": 0.85, "skilled": 1.1, "short": 1.1, "medium": 1.15, "long": 1.2}

# January to December: jobs start after the holidays, graduates come in summer, little happens in July.
JOBS_BY_MONTH = (1.15, 1.0, 1.0, 1.0, 0.95, 0.9, 0.6, 1.35, 1.2, 1.05, 0.95, 0.7)
REGISTRATIONS_BY_MONTH = (1.25, 1.0, 0.95, 0.95, 0.9, 1.05, 1.35, 1.15, 1.05, 0.95, 0.9, 0.8)


def job_hazard(group: str, education: str) -> float:
    """Probability a day of starting an ordinary job, without any effort and in a month of ordinary season."""
    return _BASE[group] * _BY_EDUCATION[education]
