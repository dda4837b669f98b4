"""What the manager's pages say when something was done, and when it could not be done."""

from collections.abc import Mapping

SAID: Mapping[str, str] = {
    "decided": "Beslutningen er gemt sammen med det, tallene sagde.",
    "pilot-stopped": "Indsatsen er stoppet. Den tager ingen nye, og de hold, der er i gang, kører færdig.",
    "pilot-opened": "Indsatsen er nu en pilot. Kravet og størrelsen ligger fast.",
    "target-set": "Målet er gemt.",
}
REFUSALS: Mapping[str, str] = {
    "stop-unconfirmed": "Sæt hak ved, at du har læst, hvad et stop betyder, og send igen. Der er ikke ændret noget.",
    "percentage-unreadable": "Kravet skal være en procent mellem 0 og 100, for eksempel 45. Ret det, og send igen.",
    "number-unreadable": "Målet skal være et tal, for eksempel 40. Ret det, og send igen.",
    "already-widened": "Piloten er udvidet allerede. Vælg at fortsætte eller stoppe.",
    "pilot-stopped": "Piloten er stoppet allerede, og det står ved magt. Vil I prøve igen, så opret et nyt kursus.",
    "pilot-unknown": "Piloten findes ikke i din kommune. Gå til »Hvad virker?«, og vælg indsatsen igen.",
    "pilot-exists": "Kurset er en pilot allerede. Beslut om den, eller opret et nyt kursus med sin egen pilot.",
    "pilot-too-late": (
        "De første deltagere er begyndt. Kravet skal ligge fast, før nogen begynder, så resultatet ikke kan vælge det. "
        "Opret kurset på ny, og gør det til pilot, før første hold starter."
    ),
    "first-size-above-planned": "De første pladser kan ikke være flere end de planlagte. Ret et af tallene.",
    "more-seats-taken": "Der er allerede givet flere pladser end det, du vil begynde med. Vælg et større tal.",
    "measure-does-not-fit": (
        "Målet tæller ingen på dette kursus. Mikrosprint-målet kræver et mikrosprint, it-målet et bestemt it-kursus; "
        "»Kommet videre« passer til alle."
    ),
    "course-closed": "Kurset er lukket og kan ikke ændres mere. Opret et nyt kursus, hvis det skal i gang igen.",
    "course-unknown": (
        "Indsatsen findes ikke i den kommune, du er logget ind for. Gå til »Hvad virker?«, og vælg en af kommunens "
        "egne, eller log ind for den kommune, der har den."
    ),
    "figures-unheard": "Systemet er lige startet og henter tallene. Prøv igen om et øjeblik.",
    "happened-in-the-future": "Det kan ikke være sket endnu. Prøv igen.",
    "target-set-already": "Målet for den periode er det tal allerede. Du behøver ikke gøre noget.",
    "day-unreadable": "Dagen kunne ikke læses. Skriv den som år-måned-dag, for eksempel 2021-12-31.",
    "day-not-published": "Der er ikke offentliggjort tal for den dag, kun for den sidste dag i hvert kvartal.",
    "indicator-not-published": "Det tal er kun til intern brug og offentliggøres ikke.",
    "cut-not-published": "Tallet offentliggøres ikke delt op på den måde.",
    "window-not-published": "Der offentliggøres kun tal for et halvt år (182 dage).",
    "known-not-published": "Offentliggjorte tal er altid, som de var kendt, da de blev offentliggjort.",
    "too-few-persons": "Tallet ville fortælle om så få personer, at det ikke er offentliggjort endnu.",
    "release-too-late": "Der er allerede offentliggjort tal for en senere dag. Vælg en af de dage, der er vist.",
    "indicator-unknown": "Det tal findes ikke. Gå til »Hvad virker?«, og vælg indsatsen igen.",
    "cut-unknown": "Tallet kan ikke deles op på den måde. Gå til »Hvad virker?«, og vælg indsatsen igen.",
    "window-unknown": "Vælg et af de tidsrum, der står i listen.",
}
