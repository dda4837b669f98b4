"""One indicator as the page shows it: the number so far, the share once time is up, and what it can tell. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from services.desk import labels, wording
from services.desk.documents import Cohort
from services.desk.figure import Figure
from services.desk.share import Share

TITLES = {
    "agreements": "Samarbejdsaftaler med virksomheder",
    "mikrosprint_job": "I ordinært job efter mikrosprint",
    "it_course_job": "I ordinært job efter it-kursus",
    "upskilled_praktik": "I virksomhedspraktik efter opkvalificering",
    "moved_on": "Kommet videre",
    "service_goal": "Svar til virksomheder inden for 24 timer",
    "reach": "Borgere, der har fået et digitalt tilbud det seneste år",
}
STANDING = "agreements"
"""The one target that counts what is so on a day; the others count what has come in their period."""
TARGETS = {"agreements": "mål 1", "mikrosprint_job": "mål 2", "it_course_job": "mål 3", "upskilled_praktik": "mål 4"}
SHARES = {"mikrosprint_job", "it_course_job", "moved_on", "service_goal", "reach"}
NOBODY_YET = {
    "service_goal": "Ingen virksomheder har henvendt sig endnu.",
    "reach": "Ingen borgere er tilmeldt endnu.",
}
SHORT_KINDS = {"ordinary": "ordinært job", "wage_subsidy": "løntilskud", "praktik": "praktik"}
SO_FAR = {
    "agreements": "virksomheder har en aftale",
    "mikrosprint_job": "er kommet i job",
    "it_course_job": "er kommet i job",
    "upskilled_praktik": "har været i praktik",
    "moved_on": "er kommet videre",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """``counted`` says what ``so_far`` is of, ``goal`` is what the administration aims at with it.

    ``progress_of`` is the period of a target that ``so_far``, which counts all years, must not be held against: the
    page of targets has its number.

    ``flexjob`` counts flexjobs so far, which are not in ``so_far``.

    ``waiting`` says why there is no share yet, ``partly`` that it leaves out people whose time is not up.
    """

    key: str
    title: str
    target: str
    so_far: int
    so_far_words: str
    counted: str
    goal: str
    progress_of: str
    flexjob: int
    share: Share | None
    waiting: str
    partly: str
    definition: str
    window: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of moving on."""

    key: str
    name: str
    so_far: int
    share: Share | None


@dataclass(frozen=True, slots=True)
class MovedOn:
    """Moved on is never shown without its kinds: most of it may be something else than an ordinary job."""

    measure: Measure
    kinds: tuple[Kind, ...]

    @property
    def ordinary(self) -> Kind:
        """The kind that counts as a job."""
        return self.kinds[0]

    @property
    def said(self) -> str:
        """The kinds so far in a line: ``3 i ordinært job, 0 i løntilskud, 1 i praktik``."""
        return ", ".join(
            f"{wording.number(kind.so_far)} i {SHORT_KINDS.get(kind.key, kind.name)}" for kind in self.kinds
        )


def row(rows: Iterable[Figure], indicator: str) -> Figure | None:
    """The row of an indicator for the whole, None when there is none."""
    return next((figure for figure in rows if figure.indicator == indicator), None)


def measure(
    figure: Figure,
    cohorts: tuple[Cohort, ...] = (),
    *,
    today: date,
    started: int | None = None,
    counted: str = "Indtil nu",
) -> Measure:
    """One indicator. ``started`` is given where the share is meant to be of all who started.

    A figure's target is that of the year of ``today``.
    """
    period = str(today.year) if figure.target is not None else ""
    stands = figure.indicator == STANDING
    share = Share.of(figure.numerator, figure.denominator) if figure.indicator in SHARES else None
    return Measure(
        key=figure.indicator,
        title=TITLES.get(figure.indicator, figure.indicator),
        target=TARGETS.get(figure.indicator, ""),
        so_far=figure.so_far,
        so_far_words=SO_FAR.get(figure.indicator, ""),
        counted=counted,
        goal=wording.goal(figure.target, period) if figure.target is not None and stands else "",
        progress_of="" if stands else period,
        flexjob=figure.flexjob.get("so_far", 0),
        share=share,
        waiting="" if share or figure.indicator not in SHARES else _waiting(figure, cohorts, today),
        partly=wording.partly(share.denominator, started) if share and started and share.denominator < started else "",
        definition=figure.definition,
        window=wording.window(figure.window) if figure.window else "",
    )


def _waiting(figure: Figure, cohorts: tuple[Cohort, ...], today: date) -> str:
    nobody = NOBODY_YET.get(figure.indicator)
    return nobody or wording.too_early(figure.window, _whole(figure, cohorts), today)


def _whole(figure: Figure, cohorts: tuple[Cohort, ...]) -> date | None:
    """The day from which the first cohort counts as a whole: the day after its end and the window."""
    first_end = min((cohort.ends for cohort in cohorts if cohort.ends), default=None)
    return first_end + timedelta(days=(figure.window or 0) + 1) if first_end else None


def moved_on(figure: Figure, cohorts: tuple[Cohort, ...] = (), *, today: date, started: int | None = None) -> MovedOn:
    """The "77 %" figure with its split, the ordinary job first."""
    kinds = tuple(
        Kind(key, name, figure.split_so_far.get(key, 0), Share.of(figure.split.get(key, 0), figure.denominator))
        for key, name in labels.MOVED_ON_KINDS.items()
    )
    return MovedOn(measure(figure, cohorts, today=today, started=started), kinds)
