"""The catalogue: every indicator as versioned data. A changed meaning is a new version of its row."""

from collections.abc import Mapping
from types import MappingProxyType

from services.outcomes.effect.indicator import DIMENSIONS, WINDOWS, Indicator

MISTAKES = "Fejlregistrerede deltagelser tæller ingen steder."
MATURE = (
    "Andele bruger kun modne deltagelser: fra dagen efter afslutningen plus vinduet. "
    "'Indtil nu' tæller også job hos deltagelser, der endnu ikke er modne eller afsluttet."
)
ON_THE_DAY = "Ingen ventetid: tallet gælder den valgte dag."

_ROWS = (
    Indicator(
        key="agreements",
        version=1,
        title_da="Virksomheder med samarbejdsaftale",
        title_en="Companies with a cooperation agreement",
        definition_da=(
            "Antal forskellige virksomheder med mindst én samarbejdsaftale i kraft på dagen: underskrevet senest den "
            "dag, ikke ophørt senest den dag og, hvis den har en slutdato, ikke udløbet før dagen."
        ),
        definition_en=(
            "The number of distinct companies with at least one cooperation agreement in force on the day: signed on "
            "or before it, not ended on or before it and, where it has a last day, that day not passed."
        ),
        numerator="Virksomheder med en samarbejdsaftale i kraft på dagen",
        denominator="Måltallet X for perioden",
        exclusions="Flere aftaler med samme virksomhed tæller én gang.",
        windows=(),
        maturity=ON_THE_DAY,
        source="T1, S11",
        owner="Virksomhedsservice",
        dimensions=("municipality",),
    ),
    Indicator(
        key="mikrosprint_job",
        version=1,
        title_da="I ordinært job efter mikrosprint",
        title_en="Job after a mikrosprint",
        definition_da=(
            "Andel af de påbegyndte deltagelser i mikrosprint, hvor borgeren startede i ordinært job efter kursets "
            "første dag og senest ved vinduets udløb efter deltagelsens slutdag."
        ),
        definition_en=(
            "The share of started participations in mikrosprints whose citizen started in an ordinary job after the "
            "day the participation started and no later than the window after the day it ended."
        ),
        numerator="Deltagelser, hvor et ordinært job startede efter startdagen og senest vinduet efter slutdagen",
        denominator="Påbegyndte, modne deltagelser i mikrosprint, også dem der stoppede undervejs",
        exclusions=(
            f"{MISTAKES} Job fra startdagen eller før tæller ikke. Løntilskud og praktik er ikke job. "
            "Fleksjob vises for sig og kun for borgere visiteret til fleksjob. Flere job tæller én gang."
        ),
        windows=WINDOWS,
        maturity=MATURE,
        source="T2, R3, S10",
        owner="Programledelsen",
        dimensions=DIMENSIONS,
    ),
    Indicator(
        key="it_course_job",
        version=1,
        title_da="I ordinært job efter et bestemt it-kursus",
        title_en="Job after a specific IT course",
        definition_da=(
            "Andel af de gennemførte eller certificerede deltagelser i bestemte it-kurser, hvor borgeren startede i "
            "ordinært job efter kursets første dag og senest ved vinduets udløb efter deltagelsens slutdag."
        ),
        definition_en=(
            "The share of completed or certified participations in specific IT courses whose citizen started in an "
            "ordinary job after the day the participation started and no later than the window after the day it ended."
        ),
        numerator="Deltagelser, hvor et ordinært job startede efter startdagen og senest vinduet efter slutdagen",
        denominator="Modne deltagelser i bestemte it-kurser, der er gennemført eller har et gyldigt bevis",
        exclusions=(
            f"{MISTAKES} Tilbagekaldte beviser tæller ikke. Job fra startdagen eller før tæller ikke. "
            "Fleksjob vises for sig og kun for borgere visiteret til fleksjob. Flere job tæller én gang."
        ),
        windows=WINDOWS,
        maturity=MATURE,
        source="T3, R2, S10",
        owner="Programledelsen",
        dimensions=DIMENSIONS,
    ),
    Indicator(
        key="upskilled_praktik",
        version=1,
        title_da="Opkvalificerede borgere i praktik",
        title_en="Upskilled citizens in praktik",
        definition_da=(
            "Antal forskellige borgere, der gennemførte et kursus eller fik bevis, og som var i virksomhedspraktik den "
            "dag eller startede i praktik senest ved vinduets udløb efter den."
        ),
        definition_en=(
            "The number of distinct citizens who completed a course or were certified and were in praktik on that day "
            "or started in praktik no later than the window after it."
        ),
        numerator="Borgere med en praktik, der starter senest vinduet efter opkvalificeringen og ikke er slut før den",
        denominator="Måltallet X for perioden",
        exclusions=f"{MISTAKES} Tilbagekaldte beviser tæller ikke. Hver borger tæller én gang.",
        windows=WINDOWS,
        maturity="Ingen ventetid: en borger tæller fra den dag, hun både er opkvalificeret og i praktik.",
        source="T4, R1, S10",
        owner="Programledelsen",
        dimensions=DIMENSIONS,
    ),
    Indicator(
        key="moved_on",
        version=1,
        title_da="Videre i job, løntilskud eller praktik",
        title_en="Moved on to a job, wage subsidy or praktik",
        definition_da=(
            "Andel af de påbegyndte deltagelser, hvor borgeren startede i ordinært job, løntilskud eller praktik efter "
            "kursets første dag og senest ved vinduets udløb efter slutdagen; vises altid med sin fordeling."
        ),
        definition_en=(
            "The share of started participations whose citizen started in an ordinary job, a wage subsidy or praktik "
            "after the day the participation started and no later than the window after it ended; "
            "always with its split."
        ),
        numerator="Deltagelser efter det bedste af ordinært job, løntilskud og praktik i vinduet, én gang hver",
        denominator="Påbegyndte, modne deltagelser",
        exclusions=f"{MISTAKES} Placeringer fra startdagen eller før tæller ikke. Fleksjob er ikke med.",
        windows=WINDOWS,
        maturity=MATURE,
        source="S2",
        owner="Programledelsen",
        dimensions=DIMENSIONS,
    ),
    Indicator(
        key="funnel",
        version=1,
        title_da="Fra udpeget til job",
        title_en="From identified to job",
        definition_da=(
            "Hvor mange forskellige borgere på hvert hold der indtil nu har nået hvert trin, som andel af holdets "
            "første trin med deltagere og af trinnet før; afslutningsårsager vises hver for sig."
        ),
        definition_en=(
            "How many distinct citizens of each cohort have reached each stage so far, as a share of the cohort's "
            "first stage that has anyone and of the stage before; every end reason is shown by itself."
        ),
        numerator="Borgere, der har nået trinnet",
        denominator="Borgere på holdets første trin med nogen; dertil andelen af trinnet før",
        exclusions=(
            f"{MISTAKES} Møder før startdagen tæller ikke. Job, løntilskud og praktik tæller efter startdagen og "
            "senest vinduet efter slutdagen. At få job er ikke frafald."
        ),
        windows=WINDOWS,
        maturity="Ingen ventetid: hvert trin tæller fra den dag, det er nået.",
        source="S1, S3, R7",
        owner="Programledelsen",
        dimensions=DIMENSIONS,
    ),
    Indicator(
        key="service_goal",
        version=1,
        title_da="Virksomheder besvaret inden 24 timer",
        title_en="Companies answered within 24 hours",
        definition_da="Andel af virksomhedernes henvendelser, der blev besvaret senest 24 timer efter, at de kom.",
        definition_en="The share of the companies' contacts that were answered within 24 hours of being made.",
        numerator="Henvendelser besvaret senest ved fristen",
        denominator="Henvendelser, hvis frist på 24 timer er udløbet senest på dagen",
        exclusions="Henvendelser, hvis frist ikke er udløbet, er ikke med.",
        windows=(),
        maturity="Fra den dag, hvor fristen udløber.",
        source="S11",
        owner="Virksomhedsservice",
        dimensions=("municipality",),
    ),
    Indicator(
        key="reach",
        version=1,
        title_da="Ledige nået af et digitalt tilbud",
        title_en="Unemployed reached by a digital offer",
        definition_da=(
            "Andel af målgruppens tilmeldte borgere på dagen, der inden for de seneste 365 dage startede på et kursus, "
            "besøgte en workshop, afsluttede en test, åbnede et materiale eller fik adgang til selvbetjening."
        ),
        definition_en=(
            "The share of the target group's registered citizens on the day who in the last 365 days started a course, "
            "visited a workshop, finished a test, opened a material or were granted self-service."
        ),
        numerator="Tilmeldte borgere med mindst ét digitalt tilbud i de seneste 365 dage",
        denominator="Borgere, der er tilmeldt på dagen, efter den målgruppe, de har den dag",
        exclusions=f"{MISTAKES} Borgere, der er afmeldt, er ikke med. Anonyme besøg tæller ikke.",
        windows=(),
        maturity=ON_THE_DAY,
        source="S9",
        owner="Programledelsen",
        dimensions=("municipality", "target_group"),
    ),
)

CATALOGUE: Mapping[str, Indicator] = MappingProxyType({row.key: row for row in _ROWS})
"""The indicators by key."""
