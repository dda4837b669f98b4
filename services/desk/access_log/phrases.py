"""The log's words in plain Danish: who reads, what, and for what. What is not known is shown as it is. Pure."""

import re
from collections.abc import Mapping, Sequence

from services.desk.door.local_users import BY_KEY
from services.desk.navigation import PARTS

FROM_PAGES = "desk: "
PURPOSES = {
    "sagsbehandling": "Sagsbehandling",
    "access_log": "Indsigt: Hvem har set oplysningerne?",
    "find_in_access_log": "Indsigt: Borgeren er fundet",
    "access_log_print": "Indsigt: udskrift til borgeren",
    "access_log_csv": "Indsigt: fil til borgeren",
    "loeft access-log": "Indsigt: opslag på serveren",
    "work_list": "Listen over borgere",
    "find_by_reference": "Søgning med reference",
    "find_by_cpr": "Søgning med CPR-nummer",
    "citizen": "Borgerens side",
    "many": "Handling for flere borgere på en gang",
    "refer": "Henvisning",
    "answer_referral": "Svar på henvisning",
    "record_barrier": "Barriere noteret",
    "clear_barrier": "Barriere fjernet",
    "leave": "Afmelding",
    "offer_test": "Tilbud om test",
    "give_link": "Link til test",
    "find_gap": "Sammenligning med en jobprofil",
    "join_cohort": "Plads på et hold",
    "add_citizen": "Plads på et hold",
    "answer_invitation": "Svar på invitation",
    "accept_seat": "Plads på et hold",
    "show_cohort": "Holdets side",
    "record_attendance": "Fremmøde på et hold",
    "end_participation": "Afslutning af deltagelse",
    "correct_end": "Afslutning af deltagelse",
    "end_cohort": "Afslutning af et hold",
    "award_certificates": "Certifikat",
    "revoke_certificate": "Certifikat",
    "order": "Jobordrens side",
    "show_day": "Dagen i værkstedet",
    "show_visits": "Besøg i værkstedet",
    "register_visit": "Besøg i værkstedet",
}
"""By what a program says, or the name of the desk's page that asked."""
WHAT = {
    "access log": "Hvem der har set oplysningerne",
    "id found by reference": "At borgeren findes, fundet med referencen",
    "work list": "Arbejdslisten: stamoplysninger, barrierer og henvisning",
    "id found by CPR number": "At borgeren findes, fundet med CPR-nummer",
    "id told: registered already": "At borgeren er registreret i forvejen",
    "citizen": "Stamoplysninger og barrierer",
    "referrals": "Henvisninger",
    "notices": "Henvisninger til tilbud, der er stoppet",
    "test result": "Testresultat",
    "test session": "En test, der er i gang",
    "test sessions": "Hvilke test borgeren har taget",
    "gap to a job profile": "Afstand til en jobprofil",
    "gaps to job profiles": "Afstande til jobprofiler",
    "invitations": "Invitationer til hold",
    "participations": "Kurser og deltagelse",
    "certificates": "Certifikater",
    "placements": "Job, praktik og løntilskud",
    "meetings of an event": "Møder med virksomheder",
    "visits": "Besøg i digitalt værksted",
}
BEGINNINGS = {
    "roster of cohort ": "Deltagerlisten for et hold",
    "screening for order ": "Kandidater til en jobordre",
    "research extract ": "Udtræk til forskning, uden navn og CPR-nummer",
}
"""What begins so goes on with an id or a name."""
OF_THE_MACHINE = "machine/"
OF_A_LINK = re.compile(r"link/\w+/.+")
LOCAL = "local-"


def what(text: str) -> str:
    """What was read."""
    found = WHAT.get(text)
    return found or next((words for begins, words in BEGINNINGS.items() if text.startswith(begins)), text)


def purpose(text: str, paths: Mapping[str, Sequence[str]]) -> str:
    """For what; ``paths`` has the paths of the desk's pages by their names."""
    name = text.removeprefix(FROM_PAGES)
    if name in PURPOSES:
        return PURPOSES[name]
    own = paths.get(name, ()) if text.startswith(FROM_PAGES) else ()
    titles = sorted({f"»{part.title}«" for part in PARTS for path in own if part.holds(path)})
    return f"Siden {' eller '.join(titles)}" if titles else text


def caller(subject: str) -> str:
    """Who reads: the login service's id of her, for Løft knows no employees' names."""
    if OF_A_LINK.fullmatch(subject):
        return "Borgeren selv, med et link"
    if subject.startswith(OF_THE_MACHINE):
        return f"Serverens bruger {subject.removeprefix(OF_THE_MACHINE)}"
    local = BY_KEY.get(subject.removeprefix(LOCAL)) if subject.startswith(LOCAL) else None
    return f"{local.title} ({subject})" if local else subject
