"""What a citizen reads when a page cannot be shown: what it is, and what she can do. Nobody is blamed."""

from shared.web.citizen import Refusal, Refusals

ASK = "Bed din jobkonsulent eller eMentor om et nyt link."

BY_CODE = {
    "link-expired": Refusal(
        "Linket virker ikke længere", f"Et link virker i 24 timer. Dine svar er gemt. {ASK} Så kan du se din test igen."
    ),
    "link-replaced": Refusal(
        "Du har fået et nyere link", f"Brug det nyeste link, du har fået. Kan du ikke finde det? {ASK}"
    ),
    "link-invalid": Refusal(
        "Linket passer ikke",
        "Måske mangler der noget af det. Åbn det igen fra den besked, du fik, eller kopiér det hele på én gang. "
        f"Virker det stadig ikke? {ASK}",
    ),
    "link-missing": Refusal(
        "Åbn dit link igen",
        "Vi kan ikke se, hvilken test du er i gang med. Dine svar er gemt. Åbn det link, du fik af jobcentret. "
        "Siger siden det samme igen, skal din browser have lov til at gemme cookies.",
    ),
    "link-elsewhere": Refusal(
        "Linket åbner en anden side", "Dit link åbner kun din egen test. Åbn det igen fra den besked, du fik."
    ),
    "test-unknown": Refusal("Vi kan ikke finde testen", f"Den kan være slettet. {ASK}"),
    "profile-empty": Refusal(
        "Der er ingen profil at vise",
        "Testen målte ikke noget, så der er ikke noget at sætte i et cv. Det er helt i orden.",
    ),
}
BY_STATUS = {
    404: Refusal("Siden findes ikke", "Åbn det link, du fik af jobcentret."),
    413: Refusal("Det var for meget på én gang", "Gå tilbage, og send mindre. Der er ikke gået noget tabt."),
    422: Refusal("Vi kunne ikke læse det, du sendte", "Gå tilbage, og prøv igen. Der er ikke gået noget tabt."),
    503: Refusal(
        "Siden kan ikke svare lige nu",
        "Det er ikke din skyld. Vent et øjeblik, og prøv igen. De svar, du har givet før, er gemt. "
        "Er dit sidste svar også nået frem, får du det næste spørgsmål.",
    ),
}
UNEXPECTED = Refusal(
    "Noget gik galt hos os",
    "Det er ikke din skyld, og de svar, du har givet før, er gemt. Prøv igen om lidt. "
    "Bliver det ved, så sig det til din jobkonsulent eller eMentor.",
)
REFUSALS = Refusals(BY_CODE, BY_STATUS, UNEXPECTED)
