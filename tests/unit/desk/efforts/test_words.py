"""Whatever the services may refuse of the manager's forms is said in Danish."""

import ast
from pathlib import Path

import pytest

from services.desk import words

REPOSITORY = Path(__file__).parents[4]
RULES = (
    "services/courses/rules/pilot.py",
    "services/courses/rules/course.py",
    "services/courses/pilots.py",
    "services/outcomes/rules/targets.py",
    "services/outcomes/api/effect.py",
    "services/outcomes/effect_queries.py",
    "services/outcomes/published.py",
    "services/outcomes/releases.py",
    "shared/moment.py",
    "services/desk/efforts/effort.py",
    "services/desk/efforts/goals.py",
    "services/desk/efforts/percentage.py",
    "services/desk/efforts/where.py",
)
PROBLEMS = {"Refused", "Invalid", "NotFound", "Unavailable", "_full"}
NOT_OF_THESE_FORMS = {"pilot-seats-held", "pilot-full", "nothing-changed"}
"""Refusals of a new cohort, of an enrolment, and of changing a course."""


def codes(path: str) -> set[str]:
    """The codes of the problems that a module raises."""
    calls = [node for node in ast.walk(ast.parse((REPOSITORY / path).read_text("utf-8"))) if isinstance(node, ast.Call)]
    names = [(getattr(call.func, "id", getattr(call.func, "attr", "")), call.args) for call in calls]
    return {
        args[0].value
        for name, args in names
        if name in PROBLEMS and args and isinstance(args[0], ast.Constant) and isinstance(args[0].value, str)
    }


@pytest.mark.parametrize("path", RULES)
def test_every_refusal_has_danish_words(path: str) -> None:
    found = codes(path) - NOT_OF_THESE_FORMS
    assert found, f"{path} raises nothing: has it moved?"
    known = words.REFUSALS["efforts"].keys() | words.COMMON.keys()
    assert found <= known, found - known
