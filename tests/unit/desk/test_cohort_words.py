"""Whatever courses can refuse on a cohort's page is told in Danish."""

import ast
from pathlib import Path
from typing import get_args

from services.courses import pilots, queries
from services.courses.api import calendars
from services.courses.rules import (
    attendance,
    cancellation,
    certificate,
    cohort,
    course,
    enrolment,
    invitation,
    participation,
    pilot,
    roster,
    seat,
)
from services.desk import found, labels
from services.desk import words as desk
from services.desk.cohorts import certificates as awarding
from services.desk.cohorts import roster as of_roster
from services.desk.cohorts import words
from shared import moment
from shared.contracts.vocabulary import CertificateType, EndReason, InvitationAnswer, ParticipationForm
from shared.persistence import known_citizens

CALLED = (attendance, cancellation, certificate, cohort, course, enrolment, invitation, participation, roster, seat)
CALLED += (queries, known_citizens, pilots, calendars, found, awarding, of_roster, moment)
RAISED = {"Refused", "NotFound", "Invalid", "Forbidden", "Unavailable", "_full", "_missing"}
OF_PILOTS = {"must_go_on", "must_hold", "full"}
"""The functions of a pilot that a cohort's commands come through; its own commands are on other pages."""


def codes(tree: ast.AST) -> set[str]:
    """The first argument of every problem that is made here."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [(getattr(call.func, "id", getattr(call.func, "attr", "")), call.args) for call in calls]
    return {str(args[0].value) for name, args in named if name in RAISED and args and isinstance(args[0], ast.Constant)}


def parsed(module: object) -> ast.Module:
    return ast.parse(Path(str(getattr(module, "__file__"))).read_text(encoding="utf-8"))  # noqa: B009


def test_every_refusal_of_the_commands_is_told_in_danish() -> None:
    met = set().union(*(codes(parsed(module)) for module in CALLED))
    functions = [node for node in ast.walk(parsed(pilot)) if isinstance(node, ast.FunctionDef)]
    met |= set().union(*(codes(function) for function in functions if function.name in OF_PILOTS))
    assert {"roster-frozen", "already-awarded", "pilot-full", "not-taking-part", "reference-unreadable"} <= met
    assert met - words.REFUSALS.keys() - desk.COMMON.keys() == set()


def test_no_word_is_kept_for_a_refusal_that_is_not_made() -> None:
    met = set().union(*(codes(parsed(module)) for module in (*CALLED, pilot)))
    assert words.REFUSALS.keys() - met == {"link-key-missing"}  # made where links are (shared/web/links.py)


def test_every_code_has_a_word() -> None:
    for codes_of, told in (
        (EndReason, labels.END_REASONS),
        (CertificateType, words.CERTIFICATE_TYPES),
        (ParticipationForm, words.FORMS),
        (InvitationAnswer, labels.ANSWERS_TO_INVITATIONS),
    ):
        literal = get_args(codes_of)[0]
        assert set(get_args(literal)) == set(told), codes_of
    assert words.SAID.items() <= desk.SAID.items()
