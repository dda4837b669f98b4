"""The page of a cohort as a story reads it and presses on it."""

from playwright.async_api import Locator, expect

from services.desk.reference import reference
from tests.browser.workplace import Visit


def part(visit: Visit, name: str) -> Locator:
    """A part of the page that moves by itself."""
    return visit.page.locator(f'[data-part="{name}"]')


def row(visit: Visit, citizen_id: str) -> Locator:
    """The line of a citizen."""
    return visit.page.locator("li.cohort-row").filter(has_text=reference(citizen_id))


async def numbers(visit: Visit) -> dict[str, str]:
    """The cohort's counts as they stand on the page."""
    both = "part => [...part.querySelectorAll('dt')].map(term => [term.innerText, term.nextElementSibling.innerText])"
    return dict(await part(visit, "hold").evaluate(both))  # in one look: the page may change between two


async def add(visit: Visit, citizen_id: str, said: str) -> None:
    """Enrol a citizen by her reference."""
    await visit.page.get_by_label("Borger", exact=True).fill(reference(citizen_id))
    await visit.press("Tilføj borgeren")
    await expect(visit.page.get_by_text(said)).to_be_visible()


async def unfold(place: Visit | Locator, words: str) -> None:
    """Open a form that is folded away."""
    root = place.page if isinstance(place, Visit) else place
    await root.locator("summary").filter(has_text=words).click()


async def press_in(visit: Visit, place: Locator, name: str) -> None:
    """Press a button of one place, and wait for the page."""
    async with visit.page.expect_navigation():
        await place.get_by_role("button", name=name).click()
