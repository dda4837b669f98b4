"""The workshop's pages: who waits, what the visit form sends, and words for everything that intake may refuse."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.desk import words
from services.desk.workshops import visit_form, waiting
from services.desk.workshops.poster import qr_code

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 23, 9, 40, tzinfo=UTC)
ANNA = "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01"
BO = "018f3a52-7c1e-7d3a-9b58-3f1f0a6b2d02"
HERS, HIS = "018f3a52-7c1e-7d3a-9b58-3f1f0a6c3e03", "018f3a52-7c1e-7d3a-9b58-3f1f0a6c4f04"
ASKED = [
    ("services/intake/rules/visit.py", None),
    ("services/intake/rules/check_in.py", None),
    ("services/intake/rules/citizen.py", "must_go_by_this_id"),
    ("services/intake/rules/referral.py", "answer"),
    ("services/intake/rules/voiding.py", None),
    ("services/intake/visits.py", "to_take_back"),
    ("services/intake/openings.py", None),
    ("services/intake/api/visits.py", None),
    ("services/intake/queries.py", "referral_to_answer"),
    ("services/intake/queries.py", "_unknown_citizen"),
    ("shared/moment.py", "moment"),
    ("services/desk/found.py", None),
]
"""Where the refusals stem from that a form of these pages can meet: a file, and the one function of it, if only one."""


def told(minutes: float = 12, **given: Any) -> dict[str, Any]:
    """Somebody who waits, as intake tells it."""
    one = {"check_in_id": "c1", "number": 7, "themes": ["mitid", "pdf"], "been_before": None, "by_phone": True}
    return one | {"at": (NOW - timedelta(minutes=minutes)).isoformat()} | given


def referral(citizen_id: str, referral_id: str) -> dict[str, Any]:
    """A referral that waits for its answer."""
    return {"referral_id": referral_id, "citizen_id": citizen_id, "birth_year": 1979, "reason": "Hjælp til MitID"}


def codes(path: str, function: str | None) -> Iterator[str]:
    """The codes of the problems that are made in a file, or in one function of it."""
    tree: ast.AST = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    if function is not None:
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        tree = next(node for node in ast.walk(tree) if isinstance(node, kinds) and node.name == function)
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name("Refused" | "NotFound" | "Invalid"), args=[ast.Constant(code), *_]):
                yield str(code)


@pytest.mark.parametrize(("path", "function"), ASKED)
def test_every_refusal_has_danish_words(path: str, function: str | None) -> None:
    found = set(codes(path, function))
    assert found, f"{path} refuses nothing: is it still the right place?"
    assert found <= words.REFUSALS["workshops"].keys() | words.COMMON.keys()


class TestWaiting:
    def test_one_who_waits(self) -> None:
        (one,) = waiting.waiting([told(been_before=False)], NOW)
        assert (one.number, one.wishes, one.waited, one.new, one.long) == (
            7,
            "MitID, PDF-filer",
            "12 min.",
            True,
            False,
        )
        assert one.since == "kl.\N{NO-BREAK SPACE}10.28"

    @pytest.mark.parametrize(
        ("minutes", "said", "long"),
        [
            (0, "lige kommet", False),
            (0.9, "lige kommet", False),
            (1, "1 min.", False),
            (29.9, "29 min.", False),
            (30, "30 min.", True),
            (65, "1 t. 5 min.", True),
            (-2, "lige kommet", False),
        ],
    )
    def test_how_long(self, minutes: float, said: str, long: bool) -> None:
        (one,) = waiting.waiting([told(minutes)], NOW)
        assert (one.waited, one.long) == (said, long)

    def test_a_theme_without_words_is_told_by_its_code(self) -> None:
        (one,) = waiting.waiting([told(themes=["printer"])], NOW)
        assert one.wishes == "printer"


class TestTheForm:
    @pytest.mark.parametrize(("waited", "minutes"), [(1, 5), (12, 12), (700, 240)])
    def test_it_proposes_what_is_known(self, waited: int, minutes: int) -> None:
        (one,) = waiting.waiting([told(waited)], NOW)
        proposed = visit_form.proposal(one)
        assert (proposed.minutes, proposed.device, proposed.wished) == (minutes, "phone", ("mitid", "pdf"))
        assert not set(proposed.wished) & set(proposed.others)

    def test_for_somebody_who_was_not_on_the_list(self) -> None:
        proposed = visit_form.proposal(None)
        assert (proposed.minutes, proposed.device, proposed.wished) == (30, "computer", ())
        assert proposed.others[0] == "mitid"
        assert proposed.others[-1] == "other"

    def test_only_chosen_themes_are_sent(self) -> None:
        sent = {"emne-mitid": "alone", "emne-pdf": "", "emne-jobnet": "nonsense", "minutter": "25", "nummer": "c1"}
        assert visit_form.visit_of(sent, "Nord") == {
            "site": "Nord",
            "themes": [{"theme": "mitid", "autonomy": "alone"}],
            "minutes": 25,
            "device": "computer",
            "kind": "drop-in",
            "online": False,
            "check_in_id": "c1",
        }

    @pytest.mark.parametrize("typed", ["", "x", "-5", "12.5", "9999", "²"])
    def test_what_is_no_number_of_minutes_is_left_to_intake_to_refuse(self, typed: str) -> None:
        assert visit_form.minutes_of({"minutter": typed}) == 0

    def test_people_nobody_wrote_up_are_counted_as_usual_visits(self) -> None:
        sent = {"count": "5", "counted-theme": "pdf", "counted-autonomy": "partly"}
        assert visit_form.counted_of(sent, "Nord") == {
            "site": "Nord",
            "themes": [{"theme": "pdf", "autonomy": "partly"}],
            "minutes": 30,
            "device": "computer",
            "count": "5",
        }


class TestWhose:
    AWAITED = (referral(ANNA, HERS), referral(BO, HIS))

    def test_nobodys_unless_somebody_is_chosen(self) -> None:
        assert visit_form.of_list({"henvist": "", "besvar": "true"}) == {}
        assert visit_form.of_list({"besvar": "true"}) == {}

    def test_whoever_is_chosen_from_the_list_whatever_is_open_by_now(self) -> None:
        chosen = visit_form.choices(self.AWAITED)[1][0]
        assert visit_form.of_list({"henvist": chosen, "besvar": "true"}) == {"citizen_id": BO, "referral_id": HIS}
        assert visit_form.of_list({"henvist": chosen}) == {"citizen_id": BO}

    def test_of_whoever_is_typed_intake_finds_the_referral(self) -> None:
        assert visit_form.of_typed({"besvar": "true"}, UUID(ANNA)) == {"citizen_id": ANNA, "answer_referral": True}
        assert visit_form.of_typed({}, UUID(ANNA)) == {"citizen_id": ANNA, "answer_referral": False}

    def test_the_list_tells_them_apart(self) -> None:
        assert visit_form.choices(self.AWAITED) == [
            (f"{ANNA}:{HERS}", "Borger 0a6a-1c01, født 1979", "Hjælp til MitID"),
            (f"{BO}:{HIS}", "Borger 0a6b-2d02, født 1979", "Hjælp til MitID"),
        ]

    def test_whoever_was_chosen_stays_on_the_list_when_a_colleague_answered(self) -> None:
        listed = visit_form.choices(self.AWAITED[:1], f"{BO}:{HIS}")
        assert listed[1:] == [(f"{BO}:{HIS}", "Borger 0a6b-2d02", "Henvisningen venter ikke længere på svar.")]
        assert len(visit_form.choices(self.AWAITED, f"{BO}:{HIS}")) == 2, "nobody is there twice"

    @pytest.mark.parametrize("sent", ["", "x", ":", f"{ANNA}", f"{ANNA}:x"])
    def test_what_is_no_choice_is_not_listed(self, sent: str) -> None:
        assert len(visit_form.choices(self.AWAITED, sent)) == 2


def test_the_code_is_an_image_that_asks_nobody() -> None:
    svg = qr_code("https://loeft.example/intake/check-in/link.checkin.x").decode()
    assert svg.startswith("<?xml")
    assert "<script" not in svg
    assert svg.count("http") == 1, "its name space and nothing else"
