"""Sentences that several definitions share."""

MISTAKES = "Fejlregistrerede deltagelser tæller ingen steder."
MATURE = (
    "Andele bruger kun modne deltagelser: fra dagen efter afslutningen plus vinduet. "
    "'Indtil nu' tæller også job hos deltagelser, der endnu ikke er modne eller afsluttet."
)
ON_THE_DAY = "Ingen ventetid: tallet gælder den valgte dag."
