"""Those who start on a course beside those who wait. It is a comparison and no effect, and never shown as one. Pure."""

from dataclasses import dataclass

from services.desk import wording
from services.desk.outcome import Difference, Outcome, Outcomes
from services.desk.share import Share

ALL = "all"


@dataclass(frozen=True, slots=True)
class Beside:
    """After so many months of unemployment: the share in a job in both groups, and in words how many more of those who
    started than of the others, among people who are alike."""

    when: str
    started: Share | None
    others: Share | None
    difference: str
    sureness: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Each length of unemployment, and last all of them; ``lock_in`` tells of the first days of all of them."""

    besides: tuple[Beside, ...]
    verdict: str
    lock_in: Beside | None
    lock_in_days: int
    left_out: int
    definition: str


def comparison(outcomes: Outcomes) -> Comparison | None:
    """The comparison in a document; None when it has none."""
    rows = [row for row in outcomes.of("comparison") if row.compared is not None]
    whole = next((row for row in rows if row.stage == ALL), None)
    if whole is None or whole.compared is None:
        return None
    lock_in = whole.compared.lock_in
    return Comparison(
        besides=tuple(beside for beside in map(_beside, rows) if beside.started or beside.others),
        verdict=_verdict(whole.compared),
        lock_in=Beside(
            f"Fastlåsning: job de første {lock_in.days} dage",
            Share.of(lock_in.started.numerator, lock_in.started.denominator),
            Share.of(lock_in.others.numerator, lock_in.others.denominator),
            *_words(lock_in),
        )
        if lock_in.difference is not None
        else None,
        lock_in_days=lock_in.days,
        left_out=whole.compared.left_out,
        definition=outcomes.definition("comparison"),
    )


def _beside(row: Outcome) -> Beside:
    assert row.compared is not None
    return Beside(
        "Alle tilsammen" if row.stage == ALL else f"Ledige i {wording.months(int(row.stage or 0))}",
        Share.of(row.numerator, row.denominator),
        Share.of(row.compared.others.numerator, row.compared.others.denominator),
        *_words(row.compared),
    )


def _words(found: Difference) -> tuple[str, str]:
    if found.difference is None:
        return "kan ikke sammenlignes endnu", ""
    if found.difference_low is None or found.difference_high is None:
        return f"{wording.points(found.difference)} i job", "hvor sikkert det er, kan ikke regnes ud"
    return (
        f"{wording.points(found.difference)} i job",
        f"sandsynligvis {wording.between_points(found.difference_low, found.difference_high)}",
    )


def _verdict(found: Difference) -> str:
    if found.difference_low is None or found.difference_high is None:
        return "For tidligt at sige: der er for få, der ligner hinanden, på begge sider."
    if found.difference_low <= 0 <= found.difference_high:
        return "Man kan ikke se, om de, der starter, kommer mere eller mindre i job end dem, der venter."
    more = "flere" if found.difference_low > 0 else "færre"
    return (
        f"Blandt dem, der starter, kommer {more} i job end blandt dem, der venter. Det er næppe et tilfælde, "
        "men det kan skyldes, hvem der får plads."
    )
