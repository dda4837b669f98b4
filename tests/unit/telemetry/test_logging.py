"""What looks like a CPR number is hidden in a log line; what is an id is not."""

from uuid import UUID

import pytest

from shared.telemetry.logging import without_cpr

NUMBERS = ["0101790001", "010179-0001", "010179 0001", "3112994321"]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("around", ["{}", "cpr={}", "[{}]", "Call {}.", "x_{}", "/citizens/{}?a", "'{}'", "{}-1"])
def test_a_number_is_hidden_wherever_it_slipped_in(number: str, around: str) -> None:
    line = without_cpr(None, "info", {"event": "command", "path": around.format(number), "status": 200})
    assert line == {"event": "command", "path": around.format("[cpr]"), "status": 200}


@pytest.mark.parametrize(
    "id_",
    [
        "f59ec00d-aa79-4577-9440-2812038965c6",
        "ab281203-8965-4577-9440-0123456789ab",
        "01a1ff97-2d36-79b5-9ea9-c2812038965e",
        "2812038965aaaaaaaaaaaaaaaaaaaaaa",
        "00-aaaaaaaaaaaaaaaaaaaaaa2812038965-b7ad6b7169203331-01",
    ],
)
def test_an_id_stays_whole(id_: str) -> None:
    assert without_cpr(None, "info", {"correlation_id": id_})["correlation_id"] == id_


@pytest.mark.parametrize("number", ["0101790001", "2812038965", "3112994321"])
@pytest.mark.parametrize("place", range(23))
def test_no_uuid_is_taken_for_a_number(number: str, place: int) -> None:
    id_ = str(UUID(f"{'a' * place}{number}".ljust(32, "a")))
    assert without_cpr(None, "info", {"id": id_}) == {"id": id_}
