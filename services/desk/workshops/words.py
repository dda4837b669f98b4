"""What the workshop's pages say when something was done, and when it could not be done."""

from collections.abc import Mapping

SAID: Mapping[str, str] = {
    "besog-gemt": "Besøget er gemt.",
    "besog-og-svar-gemt": "Besøget er gemt, og henvisningen er besvaret: taget imod.",
    "besogende-talt": "De besøgende er talt med.",
    "besoget-fortrudt": "Besøget er taget tilbage og tæller ikke.",
    "skrevet-op": "Skrevet op. Nummeret står nederst på listen.",
    "gaaet": "Taget af listen.",
    "alle-gaaet": "Listen er tom.",
    "ny-dag": "Det er en ny dag. Vælg, hvor du er i dag.",
}
REFUSALS: Mapping[str, str] = {
    "visit-without-theme": "Vælg mindst ét emne, og hvor meget borgeren selv klarede. Passer intet, så vælg »Andet«.",
    "visit-theme-twice": "Samme emne er valgt to gange. Vælg hvert emne én gang.",
    "visit-minutes-implausible": "Minutterne passer ikke. Skriv et helt tal fra 1 til 480. Et skøn er godt nok.",
    "visit-count-anonymous-only": "Flere besøg på én gang gemmes uden borger. Gem borgerens besøg for sig.",
    "visit-voided": "Besøget er allerede taget tilbage. Det tæller ikke, og der er ikke mere at gøre.",
    "visit-unknown": "Besøget findes ikke mere. Hent siden igen, og se dagens besøg.",
    "happened-in-the-future": "Besøget kan ikke ligge i fremtiden. Gem det igen.",
    "check-in-over": "En kollega har taget sig af dette nummer. Gå tilbage til listen, og se, hvem der venter.",
    "check-in-unknown": "Nummeret findes ikke i dag. Gå tilbage til listen, og se, hvem der venter.",
    "check-in-full": "Der er ikke flere numre at give lige nu.",
    "opening-unknown": "Værkstedet er ikke åbnet i dag. Vælg, hvor du er i dag.",
    "opening-over": "Den dag er slut. Vælg, hvor du er i dag.",
    "citizen-unknown": "Ingen borger i din kommune har den reference. Se efter, om den er rigtig, eller gem besøget "
    "uden borger.",
    "citizen-merged": "Borgeren var registreret to gange og står nu under en anden reference. Skriv referencen igen, "
    "som den står på borgerens side.",
    "reference-unreadable": "Det er ikke en reference. Skriv de otte tegn fra borgerens side, for eksempel 3f9a-01c2, "
    "vælg fra listen, eller gem besøget uden borger. CPR-numre kan ikke bruges her.",
    "reference-ambiguous": "Flere borgere har den reference. Kopiér i stedet adressen på borgerens side.",
    "referral-unknown": "Henvisningen findes ikke. Vælg borgeren igen, eller gem besøget uden borger.",
    "referral-answered": "Henvisningen er allerede besvaret. Fjern fluebenet ved »besvar henvisningen«, og gem igen.",
    "referral-replaced": "En anden henvisning har afløst denne. Vælg borgeren igen, eller gem besøget uden borger.",
    "referral-elsewhere": "Henvisningen er ikke til et værksted. Vælg borgeren igen, eller gem besøget uden borger.",
    "link-key-missing": "Der kan ikke laves koder lige nu. Sig det til driften. Du kan stadig skrive besøgende op her.",
}
