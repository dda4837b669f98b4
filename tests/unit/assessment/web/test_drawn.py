"""Every item of the bank, drawn as a form and answered as a browser would send it."""

from urllib.parse import parse_qs, urlencode

import httpx
import pytest

from services.assessment.items.item import Do, Item
from services.assessment.items.loading import item_bank
from services.assessment.items.scoring import correct
from services.assessment.views.session import asked
from services.assessment.web.answer import Incomplete, response_of, untouched
from services.assessment.web.render import PAGES
from tests.item_answers import right
from tests.real.assessment.browsing import HtmlForm, HtmlPage, filled

every_item = pytest.mark.parametrize("item", item_bank().items, ids=lambda item: item.id)


def drawn(item: Item) -> HtmlForm:
    """The form of an item, before anything is filled in."""
    question = asked(item, 1, 40)
    controls = PAGES.environment.get_template("controls.html").module.controls  # type: ignore[attr-defined]
    html = f'<form action="">{controls(question, untouched(question), ())}</form>'
    page = HtmlPage(httpx.Response(200, html=html, request=httpx.Request("GET", "http://page/")))
    assert item.question.da.split("\n")[0] in page.text
    assert len(page.ids) == len(set(page.ids))
    return page.forms[0]


def sent(values: dict[str, list[str]]) -> dict[str, list[str]]:
    """The fields as they come over the wire."""
    return parse_qs(urlencode(values, doseq=True), keep_blank_values=True)


@every_item
def test_the_right_answer_can_be_given(item: Item) -> None:
    form = drawn(item)
    values = dict(form.sends)
    for name, value in filled(item, right(item)).items():
        chosen = [value] if isinstance(value, str) else value
        assert not form.offers[name] or set(chosen) <= set(form.offers[name])
        values[name] = chosen
    assert correct(item, response_of(asked(item, 1, 40), sent(values)))


@every_item
def test_an_untouched_form_is_no_answer(item: Item) -> None:
    form = drawn(item)
    with pytest.raises(Incomplete) as incomplete:
        response_of(asked(item, 1, 40), sent(form.sends))
    assert all(missing.text.endswith((".", "«.")) for missing in incomplete.value.missing)


@pytest.mark.parametrize("item", [item for item in item_bank().items if isinstance(item, Do)], ids=lambda item: item.id)
def test_a_screen_begins_as_the_item_says(item: Do) -> None:
    """What its form sends untouched is the state that the item states, element by element."""
    form, question = drawn(item), asked(item, 1, 40)
    assert {name: values for name, values in untouched(question).items() if values} == {
        name: values for name, values in form.sends.items() if values
    }
