"""What cannot be read is refused at the door: everything that a command lets in can be stored and told."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from services.outcomes import commands
from services.outcomes.commands import (
    AgreePlacement,
    EndPlacement,
    HoldMeetings,
    PlanEvent,
    RegisterCompany,
    SignAgreement,
    StartPlacement,
    VoidPlacement,
)
from shared.command import Command
from tests.unit.outcomes.given import CITIZEN, COHORT, COMPANY, TODAY

BODIES: dict[type[BaseModel], dict[str, Any]] = {
    RegisterCompany: {"name": "X", "cvr": "12345678", "employees": 1, "industry": ""},
    SignAgreement: {"kind": "praktik", "on": TODAY},
    PlanEvent: {"cohort_ids": [COHORT], "companies": [COMPANY], "rounds": 1, "online": True, "on": TODAY},
    HoldMeetings: {"meetings": [{"round": 0, "table": 0, "citizen_id": CITIZEN, "company_id": COMPANY}]},
    StartPlacement: {"citizen_id": CITIZEN, "kind": "praktik", "hours_per_week": 37, "on": TODAY},
    AgreePlacement: {
        "citizen_id": CITIZEN,
        "company_id": COMPANY,
        "kind": "praktik",
        "hours_per_week": 37,
        "starts": TODAY,
        "occupation": {"scheme": "ESCO", "code": "C4110"},
    },
    EndPlacement: {"on": TODAY, "reason": "kontrakt udløb"},
    VoidPlacement: {"reason": "forkert borger"},
}


@pytest.mark.parametrize("command", BODIES, ids=lambda command: command.__name__)
def test_a_plain_body_is_read(command: type[BaseModel]) -> None:
    assert command.model_validate(BODIES[command])


@pytest.mark.parametrize(
    ("command", "field", "value"),
    [
        (RegisterCompany, "name", "a\x00b"),
        (RegisterCompany, "name", ""),
        (RegisterCompany, "industry", "\x00"),
        (RegisterCompany, "cvr", "١٢٣٤٥٦٧٨"),
        (RegisterCompany, "p_number", "123"),
        (RegisterCompany, "happened", "2026-01-01T12:00:00"),
        (RegisterCompany, "happened", "0001-01-01T00:00:00+14:00"),
        (SignAgreement, "on", "0026-01-01"),
        (SignAgreement, "until", "9999-12-31"),
        (PlanEvent, "rounds", 10**30),
        (PlanEvent, "companies", []),
        (HoldMeetings, "meetings", []),
        (HoldMeetings, "meetings", [{"round": 1001, "table": 0, "citizen_id": CITIZEN, "company_id": COMPANY}]),
        (HoldMeetings, "meetings", [{"round": 0, "table": 1001, "citizen_id": CITIZEN, "company_id": COMPANY}]),
        (HoldMeetings, "meetings", [{"round": 0, "table": -1, "citizen_id": CITIZEN, "company_id": COMPANY}]),
        (StartPlacement, "hours_per_week", float("nan")),
        (StartPlacement, "municipality", "0101"),
        (AgreePlacement, "occupation", {"scheme": "ESCO"}),
        (EndPlacement, "reason", "borger 010179-0001 fik job"),
        (VoidPlacement, "reason", None),
    ],
)
def test_what_could_not_be_stored_or_told_is_not_read(command: type[BaseModel], field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        command.model_validate(BODIES[command] | {field: value})
    assert {error["loc"][0] for error in refused.value.errors()} == {field}


def test_every_command_may_say_when_it_happened_and_takes_no_unknown_field() -> None:
    every = [c for c in vars(commands).values() if isinstance(c, type) and issubclass(c, Command)]
    assert len(every) == 22
    for command in every:
        assert "happened" in command.model_fields
        assert command.model_config["extra"] == "forbid"
        assert "municipality" not in command.model_fields, "it is the caller's"
