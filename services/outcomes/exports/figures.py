"""Figure rows as a table: one line a figure, what is nested in a row in columns of its own."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.outcomes.effect.indicator import Indicator
from services.outcomes.exports import codes
from services.outcomes.exports.table import Column, Kind, Table, Value

Explained = tuple[Kind, str, str]

DIMENSIONS: dict[str, tuple[str, str]] = {
    "municipality": ("Kommune", "Kommunekode, fire cifre."),
    "course": ("Kursus", "Kursets id; GET /courses har titlen."),
    "course_kind": ("Kursustype", "Hvilken slags kursus."),
    "provider": ("Udbyder", "Hvem der holder kurset."),
    "learning_method": (
        "Læringsmetode",
        "Et kursus med flere metoder tæller under hver: rækkerne kan ikke lægges sammen.",
    ),
    "target_group": ("Målgruppe", "LAB § 6, nummer, på den første kursusdag (for rækkevidde: på dagen)."),
    "education_level": ("Uddannelse", "Højeste fuldførte uddannelse på den første kursusdag."),
    "timing": ("Praktikkens placering", "Hvornår den praktik, der er knyttet til kurset, ligger."),
    "cohort": ("Hold", "Holdets id."),
    "area": ("Kompetenceområde", "DigComp-område, 1 til 5."),
    "level": ("Niveau", "DigComp-niveau, 1 til 8."),
    "start_month": ("Startmåned", "Måneden, hvor deltagelsen begyndte, fx 2021-09."),
}
FIELDS: dict[str, Explained] = {
    "stage": ("text", "Trin", "Trin i forløbet, hvordan deltagelsen sluttede, eller borgerens status."),
    "window": (
        "integer",
        "Vindue",
        "Dage efter deltagelsens slutdag, hvor et udfald tæller. Tomt, hvor der intet vindue er.",
    ),
    "after_months": ("integer", "Måneder efter", "Kalendermåneder siden deltagelsen sluttede."),
    "after_days": ("integer", "Dage efter", "Dage siden deltagelsen begyndte."),
    "as_known": ("day", "Kendt", "Kun det, der var registreret ved udgangen af denne dag."),
    "so_far": ("integer", "Indtil nu", "Alt, der er talt til og med dagen, også det umodne."),
    "numerator": ("integer", "Tæller", "Det modne, som definitionen tæller."),
    "denominator": ("number", "Nævner", "Det modne, der tælles blandt; for et måltal X."),
    "share": ("number", "Andel", "Tæller delt med nævner; 1 er alle."),
    "low": ("number", "Nedre grænse", "95 %-intervallets nedre grænse (Wilson)."),
    "high": ("number", "Øvre grænse", "95 %-intervallets øvre grænse (Wilson)."),
    "target": ("number", "Måltal X", "Det måltal, forvaltningen har sat for perioden."),
    "reached": ("integer", "Nået af måltallet", "Hvad der er kommet i måltallets periode, til og med dagen."),
    "target_period": ("text", "Måltallets periode", "Et år."),
    "of_previous_numerator": ("integer", "Tæller, trinnet før", "Borgere på trinnet."),
    "of_previous_denominator": ("number", "Nævner, trinnet før", "Borgere på trinnet før."),
    "of_previous_share": ("number", "Andel af trinnet før", "Tæller delt med nævner."),
    "of_previous_low": ("number", "Nedre grænse, trinnet før", "95 %-intervallets nedre grænse (Wilson)."),
    "of_previous_high": ("number", "Øvre grænse, trinnet før", "95 %-intervallets øvre grænse (Wilson)."),
    "split_ordinary": ("integer", "Heraf ordinært job", "Del af tælleren."),
    "split_wage_subsidy": ("integer", "Heraf løntilskud", "Del af tælleren."),
    "split_praktik": ("integer", "Heraf praktik", "Del af tælleren."),
    "split_flexjob": ("integer", "Heraf fleksjob", "Del af tælleren."),
    "split_so_far_flexjob": ("integer", "Indtil nu: fleksjob", "Del af indtil nu."),
    "split_so_far_ordinary": ("integer", "Indtil nu: ordinært job", "Del af indtil nu."),
    "split_so_far_wage_subsidy": ("integer", "Indtil nu: løntilskud", "Del af indtil nu."),
    "split_so_far_praktik": ("integer", "Indtil nu: praktik", "Del af indtil nu."),
    "flexjob_so_far": ("integer", "Fleksjob indtil nu", "Er ikke med i rækkens andre tal."),
    "flexjob_numerator": ("integer", "Fleksjob", "Modne fleksjob. Er ikke med i rækkens andre tal."),
    "flexjob_denominator": ("integer", "Fleksjob, nævner", "Det modne, som fleksjob tælles blandt."),
    "definition_version": ("integer", "Definitionens version", "Stiger, når definitionen ændres."),
}
INTERNAL = "intern, ikke til offentliggørelse"
"""What a file of true counts says of itself."""
PUBLIC = "må offentliggøres"
"""What a file of a release says of itself."""
NOT_WRITTEN = ("indicator", "as_of", "dimensions", "definition")
"""Columns of their own, or in the contract."""


def figure_table(
    indicator: Indicator, rows: Sequence[Mapping[str, Any]], by: Sequence[str], as_of: date, *, internal: bool
) -> Table:
    """The rows of one answer as a table; every column is named like the field of the JSON answer that it holds.

    ``use`` says in every line what the file may be used for: a line may be copied from it.
    """
    flat = [_flat(row) for row in rows]
    present = {name for row in flat for name in row}
    names = [name for name in FIELDS if name in present]
    labels = _codes(as_of)
    columns = [
        Column("indicator", "text", "Indikator", indicator.title_da),
        Column("as_of", "day", "Opgjort", "Tallene i linjen gælder ved udgangen af denne dag."),
        *(Column(name, "text", *DIMENSIONS.get(name, (name, "Se definitionen.")), labels.get(name, {})) for name in by),
        *(Column(name, *FIELDS[name], labels.get(name, {})) for name in names),
        Column("use", "text", "Brug", "Hvad tallene må bruges til."),
    ]
    use = INTERNAL if internal else PUBLIC
    lines = tuple(
        (
            indicator.key,
            date.fromisoformat(row["as_of"]),
            *(_text(row["dimensions"].get(name)) for name in by),
            *(_typed(FIELDS[name][0], values.get(name)) for name in names),
            use,
        )
        for row, values in zip(rows, flat, strict=True)
    )
    name = [indicator.key, *by, as_of.isoformat(), *(["intern"] if internal else [])]
    return Table("-".join(name), tuple(columns), lines)


def about(indicator: Indicator, as_of: date, k: int | None) -> list[tuple[str, str]]:
    """What stands on the sheet *Om tallene*: the definition and how to read the numbers."""
    return [
        ("Indikator", f"{indicator.title_da} ({indicator.key}, version {indicator.version})"),
        ("Definition", indicator.definition_da),
        ("Tæller", indicator.numerator),
        ("Nævner", indicator.denominator),
        ("Ikke med", indicator.exclusions),
        ("Modenhed", indicator.maturity),
        ("Opgjort", as_of.isoformat()),
        ("Brug", INTERNAL if k is None else PUBLIC),
        ("Beskyttelse", _protection(k)),
        ("Kilde", indicator.source),
        ("Ejer", indicator.owner),
    ]


def _protection(k: int | None) -> str:
    if k is None:
        return "Ingen: tallene er de sande, også om få personer."
    return (
        f"Værdier, der ville fortælle om færre end {k} personer, er udeladt; de er med i det samlede tal."
        " En linje gælder for sin egen dag: den fornyes, når nok personer er kommet til."
    )


def _flat(row: Mapping[str, Any]) -> dict[str, Value]:
    flat: dict[str, Value] = {}
    for name, value in row.items():
        if name in NOT_WRITTEN:
            continue
        if isinstance(value, Mapping):
            flat |= {f"{name}_{part}": inner for part, inner in value.items()}
        else:
            flat[name] = value
    return {name: value for name, value in flat.items() if name in FIELDS}


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _typed(kind: Kind, value: Value) -> Value:
    """The value as its column's kind has it: JSON writes a day as text and a whole number without decimals."""
    if kind == "number" and isinstance(value, int):
        return float(value)
    return date.fromisoformat(value) if kind == "day" and isinstance(value, str) else value


def _codes(as_of: date) -> dict[str, Mapping[str, str]]:
    return {
        "target_group": codes.target_groups(as_of),
        "education_level": codes.EDUCATION_LEVELS,
        "course_kind": codes.COURSE_KINDS,
        "learning_method": codes.METHODS,
        "timing": codes.TIMINGS,
        "stage": codes.STAGES,
    }
