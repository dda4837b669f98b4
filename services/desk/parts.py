"""A share with what it is a share of, and the same for each part of the whole. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from services.desk import labels, wording
from services.desk.outcome import Outcome, Outcomes
from services.desk.share import Share
from services.desk.target_group import target_group


@dataclass(frozen=True, slots=True)
class PartShare:
    """One part of the whole."""

    name: str
    share: Share | None


@dataclass(frozen=True, slots=True)
class Whole:
    """``what`` says of what it is a share, ``waiting`` why there is none yet, ``beside`` what is not in it."""

    key: str
    title: str
    what: str
    share: Share | None
    waiting: str
    beside: str
    heading: str
    """Of the column that names the parts."""
    parts: tuple[PartShare, ...]
    definition: str


def kept(outcomes: Outcomes) -> Whole | None:
    """Jobs that last, and in a municipality for whom."""
    row = _whole(outcomes, "retained")
    if row is None:
        return None
    window = wording.window(row.window or 0)
    flexjobs, of = row.flexjob.get("numerator", 0), row.flexjob.get("denominator", 0)
    return Whole(
        "retained",
        "Stadig hos samme arbejdsgiver",
        f"Ordinære job, der har holdt i {window}",
        Share.of(row.numerator, row.denominator),
        f"For tidligt at sige. Et job tælles med, når der er gået {window}, siden det begyndte.",
        f"Dertil {wording.number(flexjobs)} af {wording.number(of)} fleksjob." if of else "",
        "Målgruppe",
        _parts(outcomes, "retained", "target_group", lambda code: target_group(code, outcomes.as_of)),
        outcomes.definition("retained"),
    )


def gain(outcomes: Outcomes) -> Whole | None:
    """Competence that has grown between two tests."""
    row = _whole(outcomes, "gain")
    if row is None:
        return None
    return Whole(
        "gain",
        "Målt fremgang i digitale kompetencer",
        "Kompetenceområder, hvor en ny test viser sikker fremgang",
        Share.of(row.numerator, row.denominator),
        "Ingen er testet igen endnu.",
        "",
        "Kompetenceområde",
        _parts(outcomes, "gain", "area", lambda code: labels.AREAS.get(code or "", f"Område {code}")),
        outcomes.definition("gain"),
    )


def self_reliance(outcomes: Outcomes) -> Whole | None:
    """Workshop themes that people have come to manage alone."""
    row = _whole(outcomes, "self_reliance")
    if row is None:
        return None
    return Whole(
        "self_reliance",
        "Digitalt selvhjulpne efter værksted",
        "Emner, som en borger først fik hjælp til og siden klarede alene",
        Share.of(row.numerator, row.denominator),
        "Ingen er kommet igen med samme emne endnu.",
        "",
        "Emne",
        _parts(outcomes, "self_reliance", "theme", lambda code: labels.THEMES.get(code or "", code or "Ukendt")),
        outcomes.definition("self_reliance"),
    )


def wholes(outcomes: Outcomes) -> list[Whole]:
    """Those of a municipality that its document tells of."""
    return [found for found in (kept(outcomes), gain(outcomes), self_reliance(outcomes)) if found is not None]


def _whole(outcomes: Outcomes, indicator: str) -> Outcome | None:
    return next(iter(outcomes.of(indicator)), None)


def _parts(
    outcomes: Outcomes, indicator: str, dimension: str, named: Callable[[str | None], str]
) -> tuple[PartShare, ...]:
    return tuple(
        PartShare(named(row.dimensions[dimension]), Share.of(row.numerator, row.denominator))
        for row in outcomes.of(indicator, dimension)
    )
