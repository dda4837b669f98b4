"""The access log in words: merged over the services, one look a row, nothing left untranslated that services log."""

import ast
import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import BaseRoute

from services.desk import words
from services.desk.access_log import phrases
from services.desk.access_log.asked import Asked
from services.desk.access_log.merged import Entry, merged, places_of
from services.desk.access_log.rows import as_csv, looks
from services.desk.app import PARTS
from services.desk.door.access import PageRoute
from services.desk.labels import SERVICES
from shared.problems import Invalid

ROOT = Path(__file__).parents[3]
START = datetime(2026, 3, 1, 8, tzinfo=UTC)


def read(number: int, seconds: int = 0, **given: Any) -> dict[str, Any]:
    """A read as a service tells it."""
    told = {"caller": "employee-9", "what": "participations", "purpose": "sagsbehandling", "correlation_id": "corr"}
    return {"id": number, "at": (START + timedelta(seconds=seconds)).isoformat()} | told | given


def entry(service: str = "courses", seconds: int = 0, **given: Any) -> Entry:
    return Entry.of(service, read(1, seconds, **given))


@given(st.lists(st.tuples(st.sampled_from(list(SERVICES)), st.integers(0, 9)), max_size=40), st.integers(1, 7))
def test_pages_over_all_services_show_everything_once_newest_first(logged: list[tuple[str, int]], limit: int) -> None:
    """Against the whole list sorted at once."""
    logs: dict[str, list[dict[str, Any]]] = {service: [] for service in SERVICES}
    for number, (service, seconds) in enumerate(sorted(logged, key=lambda one: one[1]), start=1):
        logs[service].insert(0, read(number, seconds))

    def answer(service: str, after: int | None) -> dict[str, Any]:
        own = [one for one in logs[service] if after is None or one["id"] < after]
        return {"reads": own[:limit], "after": own[limit - 1]["id"] if len(own) > limit else None}

    seen: list[tuple[datetime, str, int]] = []
    places: dict[str, int] = {}
    for _ in range(len(logged) + 1):
        page = merged({s: answer(s, places.get(s)) for s in logs if places.get(s) != 0}, places, limit)
        assert len(page.entries) <= limit
        seen += [(one.at, one.service, one.id) for one in page.entries]
        if page.is_last:
            break
        places = places_of(page.more)
    everything = [(Entry.of(s, one).at, s, one["id"]) for s, own in logs.items() for one in own]
    assert seen == sorted(everything, reverse=True)


def test_a_service_that_is_away_keeps_its_place() -> None:
    page = merged({"intake": {"reads": [read(5)], "after": None}}, {"courses": 7}, 50)
    assert page.is_last
    assert page.places == {"courses": 7, "intake": 0}
    assert places_of("courses.7~nonsense~intake.0") == {"courses": 7, "intake": 0}


def test_what_one_page_read_in_several_services_is_one_look() -> None:
    entries = [
        entry("outcomes", 2, what="placements"),
        entry("courses", 1),
        entry("assessment", 1, what="access log"),
        entry("courses", 0, what="access log"),
        entry("courses", 0, correlation_id="other"),
    ]
    first, second = looks(entries)
    assert first.at == START + timedelta(seconds=2)
    assert first.what == [
        ("Job, praktik og løntilskud", "Virksomheder og job"),
        ("Kurser og deltagelse", "Kurser og hold"),
        ("Hvem der har set oplysningerne", "Kurser og hold, Test og kompetencer"),
    ]
    assert second.trace == "other"


@pytest.mark.parametrize(
    ("purpose", "said"),
    [
        ("sagsbehandling", "Sagsbehandling"),
        ("desk: access_log_print", "Indsigt: udskrift til borgeren"),
        ("desk: citizen", "Borgerens side"),
        ("desk: elsewhere", "desk: elsewhere"),
        ("Samtale om CV", "Samtale om CV"),
    ],
)
def test_purposes_are_said_in_danish_or_as_they_were_sent(purpose: str, said: str) -> None:
    assert phrases.purpose(purpose) == said


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("local-jobkonsulent", "Jobkonsulent (local-jobkonsulent)"),
        ("local-user", "local-user"),
        ("link/test/01a2018f168d7d71a5562f8ac0a53e50", "Borgeren selv, med et link"),
        ("machine/drift", "Serverens bruger drift"),
        ("b3c1", "b3c1"),
    ],
)
def test_who_reads_is_said_as_far_as_we_know(subject: str, said: str) -> None:
    assert phrases.caller(subject) == said


def names_of(routes: Iterable[BaseRoute]) -> Iterator[str]:
    """The name of each page that a browser calls: what the page reads carries it as the purpose."""
    for route in routes:
        inner: Any = getattr(route, "original_router", None)
        if inner is not None:
            yield from names_of(inner.routes)
        elif isinstance(route, PageRoute):
            yield route.name


def test_every_page_has_a_name_and_a_danish_phrase_of_its_own() -> None:
    names = [name for part in PARTS for name in names_of(part.routes)]
    assert len(names) > 90
    assert sorted(names) == sorted(set(names))
    told = [phrases.PURPOSES.get(name, "") for name in names]
    assert [name for name, phrase in zip(names, told, strict=True) if not phrase] == []
    assert len(told) == len(set(told))


def test_no_phrase_is_kept_for_a_page_that_is_not() -> None:
    names = {name for part in PARTS for name in names_of(part.routes)}
    assert phrases.PURPOSES.keys() - names == {"sagsbehandling", "loeft access-log"}


def logged_texts() -> set[str]:
    """What services say that was read: the second argument of each ``log_read(s)``, up to where an id follows."""
    found = set()
    for file in (*ROOT.glob("services/*/api/*.py"), *ROOT.glob("shared/web/*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("log_read", "log_reads"):
                what = node.args[1]
                text = what.values[0] if isinstance(what, ast.JoinedStr) else what
                assert isinstance(text, ast.Constant), ast.unparse(node)
                found.add(str(text.value))
    return found


def test_everything_that_a_service_logs_has_danish_words() -> None:
    texts = logged_texts()
    assert len(texts) > 15
    assert [text for text in sorted(texts) if phrases.what(text) == text] == []
    assert phrases.what('research extract "Effekt"') == "Udtræk til forskning, uden navn og CPR-nummer"
    assert phrases.what("something new") == "something new"


def test_every_refusal_of_the_lookup_by_cpr_number_has_danish_words() -> None:
    codes = {"person-unknown", "cpr-shape", "cpr-date", "cpr-century"}
    raised = set()
    for name in (
        "services/intake/rules/cpr.py",
        "services/intake/api/citizens.py",
        "services/desk/access_log/asked.py",
    ):
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Invalid", "NotFound", "Refused"):
                raised |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    assert codes <= raised
    assert raised <= words.REFUSALS["access_log"].keys() | words.COMMON.keys()


def test_a_file_has_a_line_an_entry_and_no_formulas() -> None:
    text = as_csv([entry(purpose="=1+1", seconds=0), entry("intake", what='x;"y"')])
    assert text.startswith("\ufeffTidspunkt;Hvem;Hvad;")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[1] == [
        "01-03-2026 09:00:00",
        "employee-9",
        "Kurser og deltagelse",
        "'=1+1",
        "Kurser og hold",
        "'=1+1",
        "corr",
    ]
    assert rows[2][2] == 'x;"y"'


class TestAsked:
    CITIZEN = UUID("01a1ff8c-7054-7d67-8f8b-194f3f9a01b2")

    @pytest.mark.parametrize("typed", ["3f9a-01b2", "Borger 3F9A-01B2", "3f9a01b2", "borger 3f9a 01b2"])
    def test_a_reference_is_read_however_it_is_typed(self, typed: str) -> None:
        assert Asked(typed).citizen_id is None
        assert Asked(typed).last_digits == self.CITIZEN.hex[-8:]

    def test_an_id_is_taken_as_it_is(self) -> None:
        assert Asked(f" {self.CITIZEN} ").citizen_id == self.CITIZEN

    @pytest.mark.parametrize(
        ("typed", "code"),
        [("010179-0001", "access-log-cpr"), ("0101790001", "access-log-cpr"), ("Mette", "access-log-reference")],
    )
    def test_what_is_no_reference_is_refused(self, typed: str, code: str) -> None:
        with pytest.raises(Invalid) as refused:
            _ = Asked(typed).last_digits
        assert refused.value.code == code

    def test_days_are_read_and_must_follow_each_other(self) -> None:
        assert Asked("x", "2026-03-01", "2026-03-01").days == (date(2026, 3, 1), date(2026, 3, 1))
        assert Asked("x").days == (None, None)
        for since, until in (("2026-03-02", "2026-03-01"), ("i går", ""), ("", "31-12-2026")):
            with pytest.raises(Invalid):
                _ = Asked("x", since, until).days
