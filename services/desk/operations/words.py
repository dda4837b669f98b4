"""What the operator's page says of services, checks and parked events."""

SAID = {
    "proevet-igen": "Hændelsen bliver prøvet igen nu. Går det godt, forsvinder den fra listen om et øjeblik.",
    "var-klaret": "Hændelsen var der ikke længere: Den er klaret eller opgivet i mellemtiden.",
}
REFUSALS = {
    "projector-cannot-retry": "Hændelsen kan ikke tælles med, og det hjælper ikke at prøve igen. Ret fejlen med en ny "
    "hændelse, og fjern den her med »loeft parked drop«.",
}
CHECKS = {
    "database": "Database",
    "broker": "Forbindelse til bussen (NATS)",
    "relay": "Afsendelse af hændelser",
    "reactions": "Modtagelse af hændelser",
    "projector": "Beregning af tal",
    "closing": "Sletning af gårsdagens numre",
    "expiry": "Udløb af gamle test",
}
EVENTS_REMEDY = {
    "retrying": "Bliver prøvet igen af sig selv. Du skal ikke gøre noget endnu.",
    "held": "Venter på en tidligere hændelse om det samme. Løs den først, så går denne videre af sig selv.",
    "parked": "Find og ret årsagen, og tryk så »Prøv igen«.",
}
NO_RETRY = (
    "Det hjælper ikke at prøve igen. Ret fejlen med en ny hændelse, og fjern denne med »loeft parked drop«, "
    "eller kør »loeft rebuild« efter en rettelse."
)
STATES = {"retrying": "Prøves igen", "held": "Venter", "parked": "Opgivet"}
