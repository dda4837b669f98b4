"""The log's words in plain Danish: who reads, what, and for what. What is not known is shown as it is. Pure."""

import re

from services.desk.door.local_users import BY_KEY

FROM_PAGES = "desk: "
PURPOSES = {
    "sagsbehandling": "Sagsbehandling",
    "loeft access-log": "Indsigt: opslag på serveren",
    # figures
    "efforts": "Listen over indsatser med offentliggjorte tal",
    "effort": "Indsatsens side",
    "open_pilot": "Indsats gjort til pilot",
    "decide_pilot": "Beslutning om en pilot",
    "goals": "Målenes side",
    "set_goal": "Mål sat",
    "download_figures": "Tal hentet som fil",
    "show_data_contract": "Datakontrakt for en fil",
    # citizens
    "work_list": "Arbejdslisten",
    "find_by_reference": "Søgning med reference",
    "find_by_cpr": "Søgning med CPR-nummer",
    "show_new_citizen": "Formularen til en ny borger",
    "register_citizen": "Borger registreret",
    "place_many": "Invitation eller tilmelding af flere borgere på én gang",
    "citizen": "Borgerens side",
    "record_barrier": "Barriere noteret",
    "clear_barrier": "Barriere ryddet af vejen",
    "refer": "Henvisning",
    "void_visit": "Besøg i værkstedet taget tilbage",
    "answer_referral": "Svar på henvisning",
    "change_citizen": "Oplysninger om borgeren ændret",
    "deregister_citizen": "Afmelding",
    "offer_test": "Tilbud om test",
    "give_link": "Link til test",
    "find_gap": "Afstand til et job",
    "join_cohort": "Invitation eller tilmelding fra borgerens side",
    "answer_invitation": "Svar på invitation på borgerens side",
    "accept_seat": "Plads taget imod på borgerens side",
    "give_up_seat": "Meldt fra et hold på borgerens side",
    "start_placement": "Forløb i en virksomhed registreret",
    "agree_placement": "Forløb i en virksomhed aftalt",
    "approve_placement": "Aftale om et forløb godkendt",
    "start_agreed_placement": "Aftalt forløb begyndt",
    "end_placement": "Forløb i en virksomhed afsluttet",
    "correct_placement": "Oplysninger om et forløb rettet",
    "void_placement": "Forløb i en virksomhed annulleret",
    # cohorts
    "list_cohorts": "Listen over hold",
    "show_cohort": "Holdets side",
    "show_new_cohort": "Formularen til et nyt hold",
    "open_cohort": "Hold oprettet",
    "show_new_course": "Formularen til et nyt kursus",
    "offer_course": "Kursus oprettet",
    "show_calendar": "Siden om kalenderen over hold",
    "download_calendar": "Kalenderen over hold hentet",
    "download_cohort": "Et hold hentet til kalenderen",
    "add_citizen": "Borger tilføjet på holdets side",
    "record_answer": "Svar på invitation på holdets side",
    "take_seat": "Plads taget imod på holdets side",
    "withdraw_citizen": "Meldt fra på holdets side",
    "expire_offers": "Udløbne pladser givet videre",
    "freeze_roster": "Deltagerliste låst",
    "cancel_cohort": "Hold aflyst",
    "record_attendance": "Fremmøde på et hold",
    "end_participation": "Deltagelse afsluttet",
    "correct_end": "Afslutning af en deltagelse rettet",
    "end_cohort": "Deltagelser på et hold afsluttet samlet",
    "award_certificates": "Certifikat givet",
    "revoke_certificate": "Certifikat kaldt tilbage",
    # workshops
    "choose_site": "Valg af værksted",
    "open_site": "Værksted åbnet",
    "show_day": "Dagen i værkstedet",
    "show_visits": "Dagens besøg i værkstedet",
    "show_visit_form": "Formularen til et besøg i værkstedet",
    "take_back_visit": "Besøg i værkstedet taget tilbage fra dagens besøg",
    "register_visit": "Besøg i værkstedet registreret",
    "count_visitors": "Besøgende talt med i værkstedet",
    "write_up": "Besøgende skrevet op i værkstedet",
    "let_go": "Besøgende taget af værkstedets liste",
    "let_all_go": "Værkstedets liste tømt",
    "show_poster": "Plakat til værkstedet",
    "show_code": "Plakatens QR-kode",
    # companies
    "companies": "Listen over virksomheder",
    "register_company": "Virksomhed registreret",
    "company": "Virksomhedens side",
    "change_company": "Oplysninger om en virksomhed ændret",
    "contacts": "Listen over henvendelser",
    "record_contact": "Henvendelse noteret",
    "answer_contact": "Svar på en henvendelse noteret på virksomhedens side",
    "answer_contact_now": "Svar på en henvendelse noteret på listen",
    "sign_agreement": "Samarbejdsaftale noteret",
    "end_agreement": "Ophør af en samarbejdsaftale noteret",
    "open_orders": "Listen over jobordrer",
    "order": "Jobordrens side med kandidater",
    "show_new_order": "Formularen til en ny jobordre",
    "place_order": "Jobordre oprettet",
    "show_order_to_change": "Formularen til at rette en jobordre",
    "change_order": "Jobordre rettet",
    "close_order": "Jobordre lukket",
    # the log itself, and operations
    "access_log": "Indsigt: Hvem har set oplysningerne?",
    "find_in_access_log": "Indsigt: Borgeren er fundet",
    "access_log_print": "Indsigt: udskrift til borgeren",
    "access_log_csv": "Indsigt: fil til borgeren",
    "operations": "Driftens side",
    "retry_event": "Hændelse prøvet igen",
}
"""By what a program says, or the name of the desk's page that asked: each page has a name and a phrase of its own."""
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


def purpose(text: str) -> str:
    """For what."""
    return PURPOSES.get(text.removeprefix(FROM_PAGES), text)


def caller(subject: str) -> str:
    """Who reads: the login service's id of her, for Løft knows no employees' names."""
    if OF_A_LINK.fullmatch(subject):
        return "Borgeren selv, med et link"
    if subject.startswith(OF_THE_MACHINE):
        return f"Serverens bruger {subject.removeprefix(OF_THE_MACHINE)}"
    local = BY_KEY.get(subject.removeprefix(LOCAL)) if subject.startswith(LOCAL) else None
    return f"{local.title} ({subject})" if local else subject
