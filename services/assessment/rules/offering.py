"""Offering a test: for what, when again, from which items, and what comes before it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from services.assessment.items.words import Words
from services.assessment.rules.entry import Instead, Offered, TestDevice
from services.assessment.rules.sitting import Act
from shared.clock import danish_day
from shared.contracts.vocabulary import ItemPool, TestPurpose
from shared.problems import Refused

BEGIN_WITHIN = timedelta(days=7)
FINISH_WITHIN = timedelta(hours=24)
LINK_HOLDS = timedelta(hours=24)
"""However long the test is open: who needs another link is given one."""
APART = timedelta(days=14)
"""Between a test and its retest: sooner, it measures the memory of the items. As the indicator *gain* counts."""

INSTEAD: dict[Instead, Words] = {
    "workshop": Words(
        da="Det er helt i orden. Kom først til vores digitale værksted: Der hjælper en eMentor dig i gang, "
        "uden at du skal læse lange tekster. Testen kan vente, til du har lyst.",
        en="That is quite all right. Come to our digital workshop first: an eMentor helps you to get started, "
        "without long texts. The test can wait until you feel like it.",
    ),
    "language": Words(
        da="Det er helt i orden. Vi finder først et tilbud, hvor du kan blive bedre til dansk. "
        "Testen kan vente, til du har lyst.",
        en="That is quite all right. First we find an offer where you can get better at Danish. "
        "The test can wait until you feel like it.",
    ),
}
READING = Words(
    da="Hvordan er det for dig at læse en kort tekst, som denne? Brug gerne de hjælpemidler, du plejer.",
    en="How is it for you to read a short text like this one? You are welcome to use the aids that you usually use.",
)
DANISH = Words(
    da="Hvordan er det for dig at forstå spørgsmål på dansk?",
    en="How is it for you to understand questions in Danish?",
)
TRIED_OUT = Words(
    da="Et af spørgsmålene kan være nyt. Det bliver prøvet af og tæller ikke med i dit resultat.",
    en="One of the questions may be new. It is being tried out and does not count in your result.",
)


def offer(
    citizen_id: UUID,
    municipality: str,
    purpose: TestPurpose,
    profile_id: UUID | None,
    act: Act,
    *,
    assisted: bool,
    accessible: bool,
    tested_on: Sequence[date],
) -> Offered:
    """The offer. ``tested_on`` are the days of her finished tests. Refused for a retest of nothing, or too soon."""
    if (profile_id is not None) != (purpose == "job"):
        raise Refused(
            "profile-and-purpose",
            "A job profile and the purpose job go together",
            "Send `profile_id` with purpose `job`, and only then.",
        )
    if purpose == "retest":
        _may_be_retested(max(tested_on, default=None), act.at)
    return Offered(
        at=act.at,
        by=act.by,
        citizen_id=citizen_id,
        municipality=municipality,
        purpose=purpose,
        profile_id=profile_id,
        assisted=assisted,
        accessible=accessible,
        until=act.at + BEGIN_WITHIN,
    )


def pool_for(device: TestDevice, *, accessible: bool) -> ItemPool:
    """The items that suit the person, wherever she sits. Who needs accessible items gets them on every device."""
    if accessible:
        return "accessible"
    return "phone" if device == "phone" else "full"


def instead_of_test(*, reading_difficult: bool, danish_difficult: bool) -> Instead | None:
    """What is offered before a test, if anything. Danish goes first: without it the workshop is hard as well."""
    if danish_difficult:
        return "language"
    return "workshop" if reading_difficult else None


def _may_be_retested(last: date | None, at: datetime) -> None:
    if last is None:
        raise Refused(
            "nothing-to-retest", "The citizen has no test result yet", "Offer the first test with purpose `entry`."
        )
    if danish_day(at) < last + APART:
        raise Refused(
            "retest-too-soon",
            f"The last test was on {last}",
            f"Offer a retest on {last + APART} or later: sooner, it would measure what she remembers of the questions.",
        )
