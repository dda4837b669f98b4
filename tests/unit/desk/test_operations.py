"""How a service is, in words, from what it says of itself."""

import ast
from pathlib import Path
from typing import Any, get_args

import pytest

from services.desk.operations import words
from services.desk.operations.health import Health, away, health, summary
from services.desk.operations.parked import parked
from shared.web.parked import ParkedEvent

WELL = {"database": "ok", "relay": "ok"}
ROOT = Path(__file__).parents[3]
CHECKING = {"checks", "readiness"}
"""The functions of services and of their workers that tell readiness checks by name."""


def names_of_checks(path: Path) -> set[str]:
    """The names of the readiness checks that a module tells of."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = [one for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(one, kinds)]
    told = [one for function in functions if function.name in CHECKING for one in ast.walk(function)]
    keys = [key for one in told if isinstance(one, ast.Dict) for key in one.keys]
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)}


def test_every_check_of_every_service_and_worker_has_a_danish_name() -> None:
    modules = [*ROOT.glob("services/*/**/*.py"), ROOT / "shared/web/service.py"]
    told = set().union(*map(names_of_checks, modules))
    assert {"database", "closing", "expiry", "projector"} <= told
    assert told - words.CHECKS.keys() == set()


def metrics(**gauges: float) -> str:
    lines = [f'# TYPE loeft_{name} gauge\nloeft_{name}{{service="x"}} {value}' for name, value in gauges.items()]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("gauges", "lags"),
    [
        ({"relay_behind_seconds": 0.4, "reaction_lag": 0}, [("Udsender", "Følger med"), ("Modtager", "Følger med")]),
        ({"relay_behind_seconds": 12.7}, [("Udsender", "12 sekunder bagud")]),
        ({"reaction_lag": 1}, [("Modtager", "1 hændelse venter")]),
        ({"reaction_lag": 12000}, [("Modtager", "12.000 hændelser venter")]),
        ({"projector_pending": 0, "gaps": 0}, [("Regner tal", "Følger med")]),
        ({"gaps": 2}, [("Mangler i tallene", "2 hændelser")]),
    ],
)
def test_how_far_behind_a_service_is(gauges: dict[str, float], lags: list[tuple[str, str]]) -> None:
    assert list(health("outcomes", WELL, metrics(**gauges)).lags) == lags


def test_a_service_whose_figures_are_kept_from_us_is_still_shown() -> None:
    assert list(health("intake", WELL, "<html>Forbidden</html>").lags) == []


def test_a_service_is_well_when_every_check_is() -> None:
    assert health("intake", WELL, "").is_well
    ill = health("intake", WELL | {"relay": "committed events have waited 12 s for the bus"}, "")
    assert not ill.is_well
    assert [(c.title, c.wrong) for c in ill.checks if c.wrong] == [
        ("Afsendelse af hændelser", "committed events have waited 12 s for the bus")
    ]
    assert not away("intake").is_well


def waiting(state: str, **given: Any) -> dict[str, Any]:
    item = {"number": 3, "reaction": "r", "type": "citizen-registered", "attempts": 6, "reason": "x", "can_retry": True}
    return item | {"state": state, "first_failed": "2026-03-01T08:00:00Z"} | given


def test_one_sentence_says_how_everything_is() -> None:
    well, gone = Health("intake", "Borgere", answers=True), Health("courses", "Hold", answers=False)
    assert summary([well], []) == (True, "Alt kører, som det skal.")
    assert summary([well], [waiting("retrying"), waiting("held")]) == (True, "Alt kører, som det skal.")
    assert summary([well], [waiting("parked")]) == (False, "Alt kører, men 1 hændelse venter på dig.")
    assert summary([well], [waiting("parked")] * 2) == (False, "Alt kører, men 2 hændelser venter på dig.")
    assert summary([well, gone], [waiting("parked")]) == (False, "Der er noget galt: Hold.")


def test_every_state_that_a_service_tells_has_words_and_a_remedy_of_its_own() -> None:
    told = get_args(ParkedEvent.model_fields["state"].annotation)
    items = [parked("intake", waiting(state)) for state in told]
    assert len({item.state for item in items}) == len({item.what_to_do for item in items}) == len(told)
    assert {item.name for item in items} == {"intake:3"}, "as the command loeft parked knows it"


def test_only_what_is_parked_asks_the_operator_to_press_the_button() -> None:
    """What is retried comes right by itself; what is held waits for another: a new try would only be held again."""
    asks = {state: "tryk" in parked("intake", waiting(state)).what_to_do for state in ("retrying", "held", "parked")}
    assert asks == {"retrying": False, "held": False, "parked": True}
    offers = {state: parked("intake", waiting(state)).can_retry for state in ("retrying", "held", "parked")}
    assert offers == {"retrying": True, "held": False, "parked": True}


def test_what_a_new_try_would_not_change_has_none() -> None:
    item = parked("outcomes", waiting("parked", can_retry=False))
    assert not item.can_retry
    assert "loeft parked drop" in item.what_to_do
