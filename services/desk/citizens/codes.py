"""The Danish words for the codes that stand in events and answers about citizens."""

from services.desk import labels
from shared.codelists import competence_areas

BARRIERS = {
    "reading": "Læsning",
    "writing": "Skrivning",
    "danish": "Dansk",
    "device": "Intet udstyr",
    "other": "Andet",
}
SEVERITIES = {"low": "lidt", "medium": "noget", "high": "meget"}
EDUCATION = {
    "none": "Ingen uddannelse",
    "unskilled": "Ufaglært",
    "skilled": "Faglært",
    "short": "Kort videregående",
    "medium": "Mellemlang videregående",
    "long": "Lang videregående",
}
DEVICES = {"computer": "Computer", "phone": "Telefon", "none": "Intet udstyr"}
OFFERS = {
    "workshop": "Digitalt værksted",
    "test": "Digital test",
    "course": "Kursus",
    "self-service": "Selvbetjening",
    "job-app": "Job-app",
}
ANSWERS = {"accepted": "Tog imod", "refused": "Sagde nej", "no-show": "Mødte ikke op"}
LEAVING = {
    "job": "Ordinært job",
    "wage-subsidy": "Job med løntilskud",
    "education": "Uddannelse",
    "moved": "Flyttet",
    "ill": "Sygdom",
    "pension": "Pension",
    "other": "Andet",
}
PLACEMENT_STATES = {
    "agreed": "Aftalt – venter på godkendelse",
    "approved": "Godkendt – ikke begyndt",
    "started": "I gang",
    "ended": "Slut",
    "voided": "Annulleret",
}
TIMINGS = {
    "none": "Hører ikke til et kursus",
    "before": "Før kurset",
    "during": "Under kurset",
    "after": "Efter kurset",
}
ENROLMENTS = {
    "enrolled": "Har plads",
    "offered": "Tilbudt en plads",
    "waitlisted": "På venteliste",
    "withdrawn": "Meldt fra",
    "expired": "Tog ikke imod pladsen i tide",
}
SESSIONS = {
    "offered": "Tilbudt, ikke begyndt",
    "running": "I gang",
    "paused": "På pause",
    "finished": "Færdig",
    "abandoned": "Stoppet af borgeren",
    "aborted": "Afbrudt af en fejl",
    "expired": "Udløbet",
    "routed": "Noget andet først",
    "declined": "Takkede nej",
    "lapsed": "Ikke begyndt i tide",
}
PLACEMENTS = labels.PLACEMENT_KINDS
VERDICTS = labels.GAP_VERDICTS
AREAS = competence_areas.AREAS
PURPOSES = {"entry": "Første test", "retest": "Test igen", "job": "Test til et bestemt job"}
INSTEAD = {"workshop": "Digitalt værksted", "language": "Danskundervisning"}
GROUPS = ("grundlæggende", "øvet", "avanceret", "specialiseret")
"""Two levels each: 1-2, 3-4, 5-6, 7-8; the words of the citizens' pages."""
SERVICES = {"intake": "Modtagelse", "assessment": "Test", "courses": "Kurser", "outcomes": "Job"}
MATERIALS = {
    "video": "en video",
    "talk": "et oplæg",
    "guide": "en vejledning",
    "exercise": "en øvelse",
    "e-learning": "noget e-læring",
}
FIELDS = {
    "target_group": "målgruppe",
    "education_level": "uddannelse",
    "academic": "akademisk grad",
    "birth_year": "fødselsår",
    "unemployed_since": "første ledighedsdag",
    "device": "udstyr",
    "protected": "beskyttelse",
}


def level(number: int) -> str:
    """``niveau 3 (øvet)``."""
    return f"niveau {number} ({GROUPS[(number - 1) // 2]})"


def interval(low: int, high: int) -> str:
    """``niveau 2 til 4``, or ``niveau 3`` where it is sure."""
    return f"niveau {low}" if low == high else f"niveau {low} til {high}"
