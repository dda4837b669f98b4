"""The table of a research extract: one row a participation, one id a citizen that holds in this project only."""

from datetime import date

from services.outcomes.exports import codes
from services.outcomes.exports.table import Column, Table, Value
from services.outcomes.extract.anonymity import Anonymous
from services.outcomes.extract.generalisation import told_as
from services.outcomes.extract.pseudonym import Pseudonyms
from services.outcomes.extract.record import Record

WEEKS = "Hele uger efter deltagelsens start. Tomt, hvor det ikke er sket på opgørelsesdagen."


def columns(as_of: date) -> tuple[Column, ...]:
    """The columns, each with its meaning; a generalised one says so in the report of k-anonymity."""
    return (
        Column("citizen", "text", "Borger", "Pseudonym, der kun gælder i dette projekt."),
        Column("participation", "integer", "Deltagelse", "Borgerens første deltagelse er 1, den næste 2."),
        Column("start", "text", "Start", "ISO-uge, fx 2021-W36; i grovere udtræk kvartal eller år. * er udeladt."),
        Column("course", "text", "Kursus", "Pseudonym, der kun gælder i dette projekt; tomt, hvor kun arten vises."),
        Column("course_kind", "text", "Kursustype", "Hvilken slags kursus. * er udeladt.", codes.COURSE_KINDS),
        Column("methods", "text", "Læringsmetoder", "Adskilt af +; kun hvor kurset vises.", codes.METHODS),
        Column("it_specific", "boolean", "Bestemt it-kursus", "Om kurset er et bestemt it-kursus; kun hvor det vises."),
        Column("age", "text", "Alder", "Aldersgruppe i året, hvor deltagelsen begyndte. * er udeladt."),
        Column(
            "education_level",
            "text",
            "Uddannelse",
            "Ved start; i grovere udtræk none or unskilled, skilled og higher. * er udeladt.",
            codes.EDUCATION_LEVELS,
        ),
        Column(
            "target_group", "text", "Målgruppe", "LAB § 6, nummer, ved start. * er udeladt.", codes.target_groups(as_of)
        ),
        Column("timing", "text", "Praktikkens placering", "Den praktik, der er knyttet til kurset.", codes.TIMINGS),
        Column("end_reason", "text", "Afslutning", "Hvordan deltagelsen sluttede.", codes.END_REASONS),
        Column("weeks_to_end", "integer", "Uger til slut", WEEKS),
        Column("weeks_to_certificate", "integer", "Uger til certifikat", WEEKS),
        Column("weeks_to_job", "integer", "Uger til ordinært job", WEEKS),
        Column("weeks_to_wage_subsidy", "integer", "Uger til løntilskud", WEEKS),
        Column("weeks_to_praktik", "integer", "Uger til praktik", WEEKS),
        Column("weeks_to_flexjob", "integer", "Uger til fleksjob", f"{WEEKS} Kun fleksjobvisiterede."),
    )


def participations(found: Anonymous, pseudonyms: Pseudonyms, as_of: date) -> Table:
    """The table, ordered by pseudonym: nothing tells in which order the citizens stood."""
    rows = sorted((_row(record, found, pseudonyms) for record in found.records), key=lambda row: (row[0], row[1]))
    return Table("participations", columns(as_of), tuple(rows))


def _row(record: Record, found: Anonymous, pseudonyms: Pseudonyms) -> tuple[Value, ...]:
    start, course, age, education_level, target_group = told_as(record, found.levels)
    shows_course = found.levels[1] == 0
    kind = record.course.kind if shows_course else course
    return (
        pseudonyms.of("citizen", record.citizen),
        record.number,
        start,
        pseudonyms.of("course", record.course.id) if shows_course else None,
        kind or None,
        "+".join(sorted(record.course.methods)) or None if shows_course else None,
        record.course.it_specific if shows_course else None,
        age or None,
        education_level or None,
        target_group or None,
        record.timing,
        record.reason,
        record.ended,
        record.certified,
        record.ordinary,
        record.wage_subsidy,
        record.praktik,
        record.flexjob,
    )
