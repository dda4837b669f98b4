"""What somebody at the door reads when the page cannot be shown: what it is, and what she can do. Nobody is blamed."""

from shared.web.citizen import Refusal, Refusals

SAY_IT = "Sig til en af os i værkstedet, at du er her. Så skriver vi dig op."

BY_CODE = {
    "link-expired": Refusal("Koden er fra en anden dag", f"Koden virker kun den dag, den hænger her. {SAY_IT}"),
    "link-invalid": Refusal("Koden passer ikke", f"Måske mangler der noget af adressen. Scan koden igen. {SAY_IT}"),
    "link-elsewhere": Refusal("Koden hører til noget andet", f"Scan koden ved værkstedets dør. {SAY_IT}"),
    "opening-unknown": Refusal("Værkstedet er lukket for i dag", f"Er du her alligevel? {SAY_IT}"),
    "opening-over": Refusal("Koden er fra en anden dag", f"Koden virker kun den dag, den hænger her. {SAY_IT}"),
    "check-in-full": Refusal("Der er rigtig mange lige nu", f"Du kan ikke få et nummer på telefonen. {SAY_IT}"),
    "check-in-unknown": Refusal("Vi kan ikke finde dit nummer", f"Numre gælder kun den dag, du har fået dem. {SAY_IT}"),
    "form-unreadable": Refusal("Vi kunne ikke læse det, du sendte", f"Scan koden igen, og prøv en gang til. {SAY_IT}"),
}
BY_STATUS = {
    404: Refusal("Siden findes ikke", f"Scan koden ved døren igen. {SAY_IT}"),
    413: Refusal("Det var for meget på én gang", f"Scan koden igen, og prøv en gang til. {SAY_IT}"),
    503: Refusal("Siden kan ikke svare lige nu", f"Det er ikke din skyld. Prøv igen om lidt. {SAY_IT}"),
}
UNEXPECTED = Refusal("Noget gik galt hos os", f"Det er ikke din skyld. {SAY_IT}")
REFUSALS = Refusals(BY_CODE, BY_STATUS, UNEXPECTED)
