"""The Danish words for the codes that the projections use. A code without a word is shown as it is."""

from shared.codelists import competence_areas, workshop_themes

COURSE_KINDS = {
    "mikrosprint": "Mikrosprint",
    "course": "Kursus",
    "workshop-series": "Række af værksteder",
    "e-learning": "E-læring",
    "workplace": "Opkvalificering på arbejdspladsen",
}
METHODS = {
    "classroom": "undervisning på hold",
    "practice-near": "praksisnært",
    "e-learning": "e-læring",
    "gaming": "spil",
    "workplace": "på arbejdspladsen",
    "group-work": "gruppearbejde",
    "mentoring": "mentor",
    "self-study": "selvstudie",
}
# The way through an effort, in order. From "started" on the counted are participants.
STAGES_BEFORE = {
    "identified": "Udpeget",
    "invited": "Inviteret",
    "accepted": "Sagde ja",
    "enrolled": "Fik plads",
}
STAGES_DURING = {
    "started": "Startede",
    "completed": "Gennemførte",
    "certified": "Fik certifikat",
    "met": "Mødte virksomheder",
}
STAGES_AFTER = {
    "praktik": "Kom i virksomhedspraktik",
    "wage_subsidy": "Kom i job med løntilskud",
    "job": "Kom i ordinært job",
}
STAGES = STAGES_BEFORE | STAGES_DURING | STAGES_AFTER
END_REASONS = {
    "completed": "Gennemførte",
    "got_job": "Fik job undervejs",
    "education": "Begyndte på en uddannelse",
    "other_effort": "Gik videre til en anden indsats",
    "moved": "Flyttede",
    "ill": "Stoppede på grund af sygdom",
    "not_met": "Mødte ikke op",
    "cancelled_by_provider": "Fik holdet aflyst",
    "dropped_out": "Faldt fra",
    "mis_registered": "Var registreret ved en fejl",
}
ANSWERS_TO_INVITATIONS = {"accepted": "Sagde ja", "declined": "Sagde nej"}
ENROLMENTS = {
    "enrolled": "Har plads",
    "offered": "Tilbudt en plads",
    "waitlisted": "På venteliste",
    "withdrawn": "Meldt fra",
    "expired": "Tog ikke imod pladsen i tide",
}
SUCCESSES = {"got_job", "education"}
MOVED_ON_KINDS = {
    "ordinary": "Ordinært job",
    "wage_subsidy": "Job med løntilskud",
    "praktik": "Virksomhedspraktik",
}
STANDINGS = {
    "job": "Ordinært job",
    "wage_subsidy": "Løntilskud",
    "praktik": "Praktik",
    "education": "Uddannelse",
    "unemployed": "Ledig",
    "left": "Afmeldt",
}
VERDICTS = {"continue": "Fortsæt", "stop": "Stop", "cannot-tell-yet": "Kan ikke afgøres endnu"}
DECISIONS = {"widen": "Udvid", "continue": "Fortsæt", "stop": "Stop"}
ROLES = {
    "manager": "leder",
    "analyst": "analytiker",
    "dpo": "databeskyttelsesrådgiver",
    "caseworker": "jobkonsulent",
    "ementor": "eMentor",
    "company-desk": "virksomhedskonsulent",
    "operator": "driftsansvarlig",
    "system": "system",
}
AREAS = {str(area): name for area, name in competence_areas.AREAS.items()}
DEPTHS = ("grundlæggende", "øvet", "avanceret", "specialiseret")
"""Two levels each: 1-2, 3-4, 5-6, 7-8; the words of the citizens' pages."""


def level(number: int) -> str:
    """``niveau 3 (øvet)``."""
    return f"niveau {number} ({DEPTHS[(number - 1) // 2]})"


LEVELS = {number: level(number).capitalize() for number in range(1, 9)}
LEVEL_MEANINGS = {
    "1 og 2 (grundlæggende)": "Klarer enkle opgaver, gerne med lidt hjælp.",
    "3 og 4 (øvet)": "Klarer selv almindelige opgaver og kendte problemer.",
    "5 og 6 (avanceret)": "Løser nye og sværere opgaver og kan vise andre, hvordan man gør.",
    "7 og 8 (specialiseret)": "Løser komplicerede opgaver og finder på bedre måder at gøre tingene på.",
}
WANTS = {"hire": "Vil ansætte", "wage-subsidy": "Vil have en i løntilskud", "praktik": "Vil have en i praktik"}
PLACEMENT_KINDS = {
    "ordinary": "Ordinært job",
    "wage-subsidy": "Job med løntilskud",
    "praktik": "Virksomhedspraktik",
    "flexjob": "Fleksjob",
}
CONSENT_PURPOSES = {
    "profile-to-company": "at virksomheder ser profilen",
    "job-app": "brug af jobappen",
    "research": "forskning",
}
AGREEMENT_KINDS = {
    "cooperation": "Samarbejdsaftale",
    "partnership": "Partnerskabsaftale",
    "praktik": "Aftale om praktik",
    "job": "Aftale om job",
}
GAP_VERDICTS = {
    "ready": "Klar nu",
    "after-course": "Klar efter et kursus",
    "uncertain": "Uvist – test mere",
    "not-yet": "Ikke endnu",
}
THEMES = workshop_themes.THEMES
AUTONOMY = {"helped": "Hjulpet", "partly": "Delvist", "alone": "Selv"}
DEVICES = {"phone": "Telefon", "computer": "Computer", "none": "Intet udstyr"}
VISIT_KINDS = {"drop-in": "Åben vejledning", "workshop": "Værksted om et emne"}
VOIDING = {
    "registered-twice": "Registreret to gange",
    "wrong-citizen": "Forkert borger",
    "wrong-workshop": "Forkert værksted",
    "other": "Andet",
}
"""Why a visit was taken back."""
SERVICES = {
    "intake": "Borgere og henvisninger",
    "assessment": "Test og kompetencer",
    "courses": "Kurser og hold",
    "outcomes": "Virksomheder og job",
}
"""The parts of Løft that keep what a page shows."""
MUNICIPALITIES = {
    "0101": "København",
    "0147": "Frederiksberg",
    "0175": "Rødovre",
    "0370": "Næstved",
    "0561": "Esbjerg",
    "0607": "Fredericia",
    "0751": "Aarhus",
}


def municipality(code: str) -> str:
    """``0370`` -> ``Næstved Kommune``."""
    name = MUNICIPALITIES.get(code)
    if name is None:
        return f"Kommune {code}"
    return "Københavns Kommune" if code == "0101" else f"{name} Kommune"
