"""Every refusal that a form of the citizens' pages can meet is said in Danish, and every code has its word."""

import ast
from pathlib import Path
from typing import Any, get_args

import pytest

from services.assessment.rules.session import WHY_NOT, Status
from services.desk import labels
from services.desk import words as desk
from services.desk.citizens import codes
from services.desk.citizens.words import REFUSALS, SAID
from services.intake.rules.course import TOLD
from services.outcomes.rules.placements import PlacementState
from shared.contracts import vocabulary as v
from shared.problems import Problem

SERVICES = Path(__file__).parents[4] / "services"
RULES_OF_INTAKE = (
    "barrier", "change", "citizen", "course", "cpr", "departure", "referral", "registration", "voiding",
)  # fmt: skip
ASKED = {
    "intake": [*(f"rules/{noun}.py" for noun in RULES_OF_INTAKE), "queries.py", "visits.py", "courses.py"],
    "courses": ["rules/enrolment.py", "rules/seat.py", "rules/invitation.py", "citizens.py"],
    "assessment": ["rules/offering.py", "rules/gap.py", "rules/profile.py", "api/sessions.py", "queries.py"],
    "outcomes": ["rules/placements.py", "rules/placement_agreements.py", "rules/moments.py"],
}
"""Where the rules are that decide on what the forms send."""
OF_COHORTS = {"cohort-cancelled", "roster-frozen", "cohort-started", "pilot-full", "pilot-stopped", "cohort-unknown"}
OTHERS = {"enrolment-unknown", "test-unknown", "placement-unknown", "company-unknown", "test-expired", "test-lapsed"}
OPEN = {"offered", "running", "paused"}
RAISED = ("Refused", "NotFound", "Invalid")


def told_by(file: Path) -> set[str]:
    """The codes of the problems that a file raises, where they are written out."""
    calls = (node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    raised = (call.args[0] for call in calls if getattr(call.func, "id", "") in RAISED and call.args)
    return {code.value for code in raised if isinstance(code, ast.Constant) and isinstance(code.value, str)}


def test_every_refusal_is_said_in_danish() -> None:
    files = [file for service, names in ASKED.items() for name in names for file in (SERVICES / service).glob(name)]
    met = OF_COHORTS | OTHERS | set(TOLD) | {f"test-{status}" for status in WHY_NOT if status not in OPEN}
    for file in (*files, SERVICES.parent / "shared/moment.py"):
        met |= told_by(file)
    assert len(met) > 50, "the rules were read"
    assert met - REFUSALS.keys() == set()


@pytest.mark.parametrize("sentence", [*SAID.values(), *REFUSALS.values()])
def test_a_sentence_is_whole_and_speaks_of_no_woman_or_man(sentence: str) -> None:
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert not {"hun", "hende", "han", "ham"} & set(sentence.lower().replace(".", " ").replace(",", " ").split())


def test_the_desk_says_them() -> None:
    assert SAID.items() <= desk.SAID.items()
    for part, sentences in desk.REFUSALS.items():
        told = {code: desk.refusal(Problem(code, "A title"), part) for code in sentences}
        assert told == sentences, part
    assert desk.refusal(Problem("invalid", "A title")) == desk.COMMON["invalid"]
    unknown = desk.refusal(Problem("nobody-knows", "A title", "Do <so>."), "citizens")
    assert unknown == 'Det kunne ikke lade sig gøre: <span lang="en">A title. Do &lt;so&gt;.</span>'


@pytest.mark.parametrize(
    ("words", "codes_of"),
    [
        (codes.BARRIERS, v.BarrierKind),
        (codes.SEVERITIES, v.Severity),
        (codes.EDUCATION, v.EducationLevel),
        (labels.DEVICES, v.Device),
        (codes.OFFERS, v.ReferralOffer),
        (codes.ANSWERS, v.ReferralAnswer),
        (codes.LEAVING, v.LeavingReason),
        (labels.VOIDING, v.VisitVoidingReason),
        (labels.PLACEMENT_KINDS, v.PlacementKind),
        (codes.TIMINGS, v.Timing),
        (codes.PURPOSES, v.TestPurpose),
        (labels.GAP_VERDICTS, v.GapVerdict),
        (codes.MATERIALS, v.MaterialKind),
        (codes.SESSIONS, Status),
        (codes.PLACEMENT_STATES, PlacementState),
    ],
)
def test_every_code_has_a_word(words: dict[str, str], codes_of: Any) -> None:
    literal = get_args(codes_of)[0] if hasattr(codes_of, "__metadata__") else codes_of
    assert words.keys() == set(get_args(literal))
