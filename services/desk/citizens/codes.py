"""The Danish words for the codes that stand in events and answers about citizens."""

BARRIERS = {
    "reading": "Læsning",
    "writing": "Skrivning",
    "danish": "Dansk",
    "device": "Intet udstyr",
    "other": "Andet",
}
SEVERITIES = {"low": "Lidt", "medium": "Noget", "high": "Meget"}
EDUCATION = {
    "none": "Ingen uddannelse",
    "unskilled": "Ufaglært",
    "skilled": "Faglært",
    "short": "Kort videregående",
    "medium": "Mellemlang videregående",
    "long": "Lang videregående",
}
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
PURPOSES = {"entry": "Første test", "retest": "Test igen", "job": "Test til et bestemt job"}
INSTEAD = {"workshop": "Digitalt værksted", "language": "Danskundervisning"}
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
    "unit": "afdeling",
}
