"""What the cohorts' pages say: codes in Danish words, what was done, what was refused and what to do then."""

from collections.abc import Mapping

STATES = {"upcoming": "Kommende", "running": "I gang", "ended": "Slut", "cancelled": "Aflyst"}
SHOWN = {"": "Kommende og i gang", **STATES, "all": "Alle"}
"""The choices of the list; the first is what one sees at once."""
BADGES = {"upcoming": "badge-info", "running": "badge-success", "ended": "", "cancelled": "badge-error"}
STEPS = {
    "enrolments": "Tilmeld: en plads, eller den næste plads på ventelisten",
    "invitations": "Invitér",
    "identifications": "Udpeg som mulig deltager",
}
CERTIFICATE_TYPES = {
    "CertificateOfCompletion": "Certifikat for et gennemført kursus",
    "Certification": "Certifikat fra en prøve",
    "MicroCredential": "Micro-credential",
}
FORMS = {"on-site": "På stedet", "online": "Online", "blended": "Begge dele"}
NEXT: Mapping[str, str] = {
    "cancelled": "Holdet er aflyst. Der er ikke mere at gøre.",
    "over": "Alle deltagelser er afsluttet. Husk certifikater til dem, der har gennemført.",
    "end": "Holdet er ved at slutte. Afslut de deltagelser, der stadig kører.",
    "attend": "Holdet er i gang. Registrér, hvem der møder, hver dag.",
    "freeze": "Startdagen er kommet. Lås deltagerlisten, når I ved, hvem der er på holdet.",
    "nobody": "Startdagen er kommet, og ingen har en plads. Aflys holdet, hvis det ikke bliver til noget.",
    "full": "Holdet er fuldt. De næste kommer på venteliste.",
    "fill": "Der er ledige pladser. Tilmeld eller invitér borgere.",
}
SAID: Mapping[str, str] = {
    "kursus-oprettet": "Kurset er oprettet. Nu kan I oprette et hold.",
    "hold-oprettet": "Holdet er oprettet.",
    "borger-tilmeldt": "Borgeren har fået en plads.",
    "borger-paa-venteliste": "Holdet er fuldt. Borgeren står nu sidst på ventelisten.",
    "borger-inviteret": "Borgeren er inviteret.",
    "borger-udpeget": "Borgeren er udpeget.",
    "borger-stod-der": "Borgeren var allerede udpeget eller inviteret. Der er ikke ændret noget.",
    "svar-gemt": "Svaret er gemt.",
    "plads-taget": "Borgeren har taget imod pladsen.",
    "borger-meldt-fra": "Borgeren er meldt fra. En ledig plads bliver tilbudt den første på ventelisten.",
    "pladser-givet": "Tilbud, der var udløbet, er faldet væk, og ledige pladser er tilbudt de næste på ventelisten.",
    "pladser-uaendret": "Ingen tilbud var udløbet, og ingen plads kunne gives videre.",
    "deltagerliste-laast": "Deltagerlisten er låst. Deltagelserne er begyndt.",
    "fremmoede-gemt": "Fremmødet er gemt.",
    "deltagelse-afsluttet": "Deltagelsen er afsluttet.",
    "deltagelser-afsluttet": "Deltagelserne er afsluttet.",
    "afslutning-rettet": "Afslutningen er rettet.",
    "hold-aflyst": "Holdet er aflyst.",
    "certifikater-givet": "Certifikaterne er givet.",
    "certifikat-tilbagekaldt": "Certifikatet er kaldt tilbage. Det tæller ikke længere.",
}
REFUSALS: Mapping[str, str] = {
    # the course and the cohort
    "course-unknown": "Kurset findes ikke i din kommune. Vælg et andet.",
    "course-closed": "Kurset er lukket og tager ikke nye hold. Vælg et andet kursus.",
    "nothing-changed": "Der er ikke ændret noget: Kurset er sådan allerede.",
    "cohort-unknown": "Holdet findes ikke i din kommune.",
    "cohort-cancelled": "Holdet er aflyst. Vælg et andet hold.",
    "cohort-started": "Holdet er begyndt. Ingen kan komme på det eller meldes fra nu. Lås deltagerlisten, og afslut "
    "deltagelsen med sin grund, hvis en borger ikke kom.",
    "ends-before-start": "Holdet ville slutte, før det starter. Ret datoerne.",
    "pilot-unknown": "Piloten findes ikke i din kommune.",
    "pilot-stopped": "Kurset er en pilot, der er stoppet. Hold i gang kører færdig, og ingen nye kommer på. "
    "Vælg et andet kursus.",
    "pilot-seats-held": "Kurset er en pilot, og holdene har tilsammen de pladser, det må have. Vælg færre "
    "pladser, eller bed lederen om at udvide piloten.",
    "pilot-full": "Kurset er en pilot, og alle dets pladser er taget. Bed lederen om at udvide piloten, eller "
    "vent, til en plads bliver fri.",
    # the citizen
    "citizen-unknown": "Vi kender ikke borgeren i din kommune. Er borgeren lige registreret, så prøv igen om et "
    "øjeblik. Ellers se efter, om referencen er rigtig.",
    "citizen-merged": "Borgeren står nu under en anden reference, fordi to blev lagt sammen. Find borgeren på ny.",
    "reference-unreadable": "Skriv borgerens reference, for eksempel 3f9a-01c2, eller kopiér adressen på borgerens "
    "side. CPR-numre kan ikke bruges her.",
    "reference-ambiguous": "Flere borgere har den reference. Kopiér i stedet adressen på borgerens side.",
    # seats and line
    "already-enrolled": "Borgeren har allerede en plads på holdet, et tilbud om en eller en plads på ventelisten.",
    "enrolment-unknown": "Tilmeldingen findes ikke i din kommune.",
    "enrolment-over": "Tilmeldingen gælder ikke længere: Borgeren er meldt fra, eller tilbuddet er udløbet. Tilmeld "
    "borgeren igen.",
    "no-seat-offered": "Borgeren er ikke tilbudt en plads nu. Kun den, der er tilbudt en plads, kan tage imod.",
    "seat-offer-expired": "Tilbuddet er udløbet, og pladsen går til den næste. Tilmeld borgeren igen til ventelisten.",
    "not-invited": "Borgeren er ikke inviteret til holdet. Invitér først, og gem så svaret.",
    "already-answered": "Borgeren har allerede svaret. Kun et ja kan blive til et nej.",
    "enrolled": "Borgeren har en plads eller står på ventelisten. Meld fra i stedet; så går pladsen videre.",
    # the roster
    "roster-frozen": "Deltagerlisten er låst. Ingen kommer på den nu, og den låses kun en gang.",
    "not-start-day": "Deltagerlisten låses på en dag fra holdets første til dets sidste, og tidligst når dagen "
    "er kommet.",
    "roster-empty": "Ingen har en plads på holdet, så der er ingen deltagerliste at låse. Aflys holdet i stedet.",
    "not-on-roster": "En af dem er ikke på deltagerlisten. Der er ikke gemt noget. Åbn siden igen, og prøv igen.",
    "named-twice": "En borger er nævnt to gange. Der er ikke gemt noget. Åbn siden igen, og prøv igen.",
    "nobody-named": "Ingen er valgt. Der er ikke gemt noget.",
    "attendance-in-the-future": "Dagen er ikke kommet endnu. Registrér fremmødet, når den er der.",
    "attendance-outside-cohort": "Holdet mødes ikke den dag. Vælg en dag fra holdets første til dets sidste.",
    "not-taking-part": "En af dem deltog ikke den dag: Deltagelsen var slut eller ikke begyndt. Intet er gemt.",
    "reason-missing": "Skriv, hvorfor holdet aflyses. Der er ikke ændret noget.",
    # ends
    "participation-unknown": "Deltagelsen findes ikke. Den begynder, når deltagerlisten er låst.",
    "already-ended": "Deltagelsen er afsluttet. Ret afslutningen, hvis den er forkert.",
    "not-ended": "Deltagelsen kører endnu, så der er ingen afslutning at rette. Afslut den i stedet.",
    "nothing-to-correct": "Afslutningen er sådan allerede. Vælg den rigtige grund eller dag.",
    "end-outside-participation": "Dagen ligger før deltagelsens start eller i fremtiden. Vælg en dag derimellem.",
    # certificates
    "award-in-the-future": "Certifikatet kan ikke være givet på en dag, der ikke er kommet. Ret dagen.",
    "validity-before-award": "Certifikatet ville udløbe, før det er givet. Ret datoerne.",
    "mis-registered": "Deltagelsen var registreret ved en fejl. Ret dens afslutning først.",
    "award-before-start": "Certifikatet ville være givet, før deltagelsen begyndte. Ret dagen.",
    "already-awarded": "En af borgerne har allerede det certifikat. Kald det tilbage, hvis det er forkert. "
    "Certifikater til dem, der stod før i listen, er givet.",
    "certificate-unknown": "Certifikatet findes ikke i din kommune.",
    "already-revoked": "Certifikatet er allerede kaldt tilbage.",
    "revoked-outside-validity": "Certifikatet kan ikke kaldes tilbage før den dag, det blev givet, eller i fremtiden.",
    # the rest
    "calendar-unknown": "Kalenderen findes ikke i din kommune.",
    "happened-in-the-future": "Det kan ikke være sket endnu. Ret tidspunktet.",
    "link-key-missing": "Der kan ikke laves en adresse til kalenderen lige nu: Systemet mangler en nøgle. Sig det til "
    "driften.",
}
