"""The closed lists of the files, with the names that people read."""

from collections.abc import Mapping
from datetime import date

from shared.codelists.target_groups import groups_on

EDUCATION_LEVELS = {
    "none": "Ingen uddannelse",
    "unskilled": "Ufaglært",
    "skilled": "Faglært",
    "short": "Kort videregående",
    "medium": "Mellemlang videregående",
    "long": "Lang videregående",
}
COURSE_KINDS = {
    "mikrosprint": "Mikrosprint",
    "course": "Kursus",
    "workshop-series": "Række af værksteder",
    "e-learning": "E-læring",
    "workplace": "På en arbejdsplads",
}
METHODS = {
    "classroom": "Undervisning på hold",
    "practice-near": "Praksisnær",
    "e-learning": "E-læring",
    "gaming": "Spil",
    "workplace": "På arbejdspladsen",
    "group-work": "Gruppearbejde",
    "mentoring": "Mentor",
    "self-study": "Selvstudium",
}
TIMINGS = {
    "none": "Ingen praktik knyttet til",
    "before": "Praktik før",
    "during": "Praktik under",
    "after": "Praktik efter",
}
END_REASONS = {
    "completed": "Gennemført",
    "got_job": "Fik job undervejs",
    "dropped_out": "Faldt fra",
    "ill": "Syg",
    "moved": "Flyttet",
    "education": "Uddannelse",
    "other_effort": "Anden indsats",
    "not_met": "Mødte ikke",
    "cancelled_by_provider": "Aflyst af udbyder",
}
STAGES = {
    "identified": "Udpeget",
    "invited": "Inviteret",
    "accepted": "Sagt ja",
    "enrolled": "Tilmeldt",
    "started": "Begyndt",
    "completed": "Gennemført",
    "certified": "Certificeret",
    "met": "Mødt virksomheder",
    "praktik": "I praktik",
    "wage_subsidy": "I løntilskud",
    "job": "I ordinært job",
    "3": "Efter 3 måneders ledighed",
    "6": "Efter 6 måneders ledighed",
    "9": "Efter 9 måneders ledighed",
    "12": "Efter 12 måneders ledighed",
    "all": "Alle skæringsdage",
} | {f"ended:{reason}": f"Afsluttet: {name}" for reason, name in END_REASONS.items() if reason != "completed"}


def target_groups(on: date) -> Mapping[str, str]:
    """The target groups of LAB § 6 as they were named on a day."""
    return {group.code: group.danish for group in groups_on(on)}
