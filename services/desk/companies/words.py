"""What the company pages say when something was done, and when it could not be done."""

from collections.abc import Mapping

SAID: Mapping[str, str] = {
    "company-registered": "Virksomheden er registreret.",
    "company-changed": "Oplysningerne er gemt.",
    "contact-recorded": "Henvendelsen er noteret. Virksomheden skal have svar inden 24 timer.",
    "contact-answered": "Svaret er noteret, og uret er stoppet.",
    "agreement-signed": "Aftalen er noteret.",
    "agreement-ended": "Det er noteret, hvornår aftalen ophører.",
    "order-placed": "Jobordren er oprettet.",
    "order-changed": "Jobordren er ændret.",
    "order-closed": "Jobordren er lukket.",
}
REFUSALS: Mapping[str, str] = {
    "company-known": "CVR-nummeret er registreret i forvejen. Brug den virksomhed, der er registreret.",
    "company-unknown": "Virksomheden findes ikke i din kommune. Søg efter den, eller registrér den.",
    "contact-unknown": "Henvendelsen findes ikke i din kommune. Se listen over dem, der venter på svar.",
    "agreement-unknown": "Aftalen findes ikke i din kommune. Se virksomhedens aftaler.",
    "order-unknown": "Jobordren findes ikke i din kommune. Se listen over åbne jobordrer.",
    "nothing-changed": "Der er ikke noget at gemme: Alt står, som det stod i forvejen.",
    "agreement-ended-already": "Aftalen er allerede ophørt eller opsagt. Opret en ny, hvis samarbejdet fortsætter.",
    "agreement-ends-before-signing": "Aftalen kan ikke slutte, før den begynder. Ret datoen.",
    "contact-answered-already": "Virksomheden har allerede fået svar. Det første svar tæller.",
    "answered-before-asked": "Svaret kan ikke ligge før henvendelsen. Ret dag og klokkeslæt.",
    "not-yet": "Tidspunktet ligger i fremtiden. Vælg et tidspunkt, der har været.",
    "happened-in-the-future": "Tidspunktet ligger i fremtiden. Vælg et tidspunkt, der har været.",
    "moment-unreadable": "Skriv både dag og klokkeslæt, eller lad begge felter stå tomme, hvis det er nu.",
    "demand-twice": "Det samme område står to gange. Vælg ét niveau for hvert område.",
    "order-closed": "Jobordren er lukket og kan ikke bruges mere. Opret en ny, hvis virksomheden stadig søger.",
    "order-closed-already": "Jobordren er allerede lukket. Der er ikke ændret noget.",
    "order-asks-nothing": "Jobordren stiller ingen digitale krav, så der er ikke noget at holde kandidater op mod. "
    "Spørg virksomheden, hvad jobbet kræver, og ret jobordren.",
    "order-profile-unknown": "Jobordren bruger en jobprofil, som ikke findes her. Vælg en anden jobprofil, eller angiv "
    "kravene i selve jobordren.",
}
