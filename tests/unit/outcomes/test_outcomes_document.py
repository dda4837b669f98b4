"""Which second documents a change makes new: only those whose figures it can move."""

from services.outcomes.effect.references import References
from services.outcomes.projection.outcomes_document import changed_documents
from tests.unit.outcomes.effect.given import Citizen, counted, course

KNOWN = References.of(course("k1"))


def changed(*people: Citizen) -> set[tuple[str, str, str]]:
    """The documents that these lives change."""
    return changed_documents(counted(*people), KNOWN)


def test_an_invitation_changes_none() -> None:
    assert changed(Citizen().identified("2021-03-01").invited("2021-03-02")) == set()


def test_a_participation_changes_its_effort() -> None:
    assert changed(Citizen().started("2021-03-01")) == {("effort-outcomes", "0101", "k1")}


def test_a_job_after_it_changes_the_municipality_too() -> None:
    person = Citizen().started("2021-03-01").ended("2021-03-26").placed("2021-04-01")
    assert changed(person) == {("effort-outcomes", "0101", "k1"), ("municipality-outcomes", "0101", "")}


def test_a_job_that_follows_no_course_changes_the_municipality_alone() -> None:
    assert changed(Citizen().placed("2021-04-01")) == {("municipality-outcomes", "0101", "")}


def test_a_theme_visited_again_changes_the_municipality() -> None:
    person = Citizen().registered("2021-01-04").visited("2021-01-05", pdf="helped").visited("2021-01-06", pdf="alone")
    assert ("municipality-outcomes", "0101", "") in changed(person)
