"""What the access log's pages say when something cannot be done."""

REFUSALS = {
    "access-log-cpr": "Skriv ikke CPR-nummer her. Brug feltet »CPR-nummer«, så kommer det ikke i adressen.",
    "access-log-reference": "Det er ikke en reference. Skriv den, som den står på skærmen, for eksempel 3f9a-01c2.",
    "access-log-nobody": "Loggen har ingen opslag for den reference. Se efter, om den er skrevet rigtigt.",
    "access-log-several": "Flere borgere har den reference. Vælg den rigtige herunder.",
    "access-log-day": "Datoen kunne ikke læses. Skriv den som år-måned-dag, for eksempel 2021-12-31.",
    "access-log-days": "Datoerne passer ikke. Den sidste dag må ikke ligge før den første.",
    "person-unknown": "Ingen borger i din kommune er registreret med det CPR-nummer. Se, om det er skrevet rigtigt.",
    "cpr-shape": "Det er ikke et CPR-nummer. Skriv ti cifre, for eksempel 010179-0001.",
    "cpr-date": "De første seks cifre i CPR-nummeret er ikke en dato. Ret nummeret.",
    "cpr-century": "CPR-nummeret giver et fødselsår, der ikke kan passe. Ret nummeret.",
}
