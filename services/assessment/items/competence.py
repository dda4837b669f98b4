"""The competences that an item can measure, by framework and version. Labels are our own words."""

from collections.abc import Mapping
from types import MappingProxyType

from services.assessment.items.words import Words
from shared.codelists import competence_areas

_IN_ENGLISH = (
    "Finding and judging information",
    "Contact and working together",
    "Making digital content",
    "Safety",
    "Solving problems",
)
AREAS: Mapping[int, Words] = MappingProxyType(
    {area: Words(da=da, en=en) for (area, da), en in zip(competence_areas.AREAS.items(), _IN_ENGLISH, strict=True)}
)

_DIGCOMP_2_2: Mapping[str, Words] = MappingProxyType(
    {
        "1.1": Words(da="Søge og finde", en="Searching and finding"),
        "1.2": Words(da="Vurdere, om det passer", en="Judging whether it is true"),
        "1.3": Words(da="Gemme og holde orden", en="Storing and keeping order"),
        "2.1": Words(da="Skrive og tale sammen digitalt", en="Writing and talking digitally"),
        "2.2": Words(da="Dele med andre", en="Sharing with others"),
        "2.3": Words(da="Bruge det offentlige digitalt", en="Using public services digitally"),
        "2.4": Words(da="Arbejde sammen digitalt", en="Working together digitally"),
        "2.5": Words(da="God tone på nettet", en="Good manners online"),
        "2.6": Words(da="Passe på sin digitale identitet", en="Looking after a digital identity"),
        "3.1": Words(da="Skrive og udforme", en="Writing and designing"),
        "3.2": Words(da="Bearbejde og sætte sammen", en="Reworking and combining"),
        "3.3": Words(da="Ophavsret og licenser", en="Copyright and licences"),
        "3.4": Words(da="Programmere og automatisere", en="Programming and automating"),
        "4.1": Words(da="Beskytte sit udstyr", en="Protecting devices"),
        "4.2": Words(da="Beskytte personlige oplysninger", en="Protecting personal data"),
        "4.3": Words(da="Passe på sundhed og trivsel", en="Looking after health and well-being"),
        "4.4": Words(da="Passe på miljøet", en="Looking after the environment"),
        "5.1": Words(da="Løse tekniske problemer", en="Solving technical problems"),
        "5.2": Words(da="Vælge det rigtige værktøj", en="Choosing the right tool"),
        "5.3": Words(da="Bruge teknik på nye måder", en="Using technology in new ways"),
        "5.4": Words(da="Kende egne huller og lære mere", en="Knowing gaps and learning more"),
    }
)

FRAMEWORKS: Mapping[tuple[str, str], Mapping[str, Words]] = MappingProxyType({("DigComp", "2.2"): _DIGCOMP_2_2})
"""The competences by framework and version; the first digit of a code is its area."""
