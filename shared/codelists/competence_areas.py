"""The five competence areas of DigComp 2.2, in the plain Danish words that citizens and caseworkers read."""

from collections.abc import Mapping

AREAS: Mapping[int, str] = {
    1: "Finde og vurdere information",
    2: "Kontakt og samarbejde",
    3: "Lave digitalt indhold",
    4: "Sikkerhed",
    5: "Løse problemer",
}
