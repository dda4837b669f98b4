"""A CPR number is nowhere but in the vault."""

import hashlib
import json
from collections.abc import Callable

import httpx
import nats as nats_client
import pytest

from tests.real.answers import refused
from tests.real.intake.office import CPR, person, registered
from tests.real.running_service import RunningService
from tests.real_machines import RealNats
from tests.today import tomorrow
from tests.waiting import eventually

NUMBERS = ("010179-0001", "0201810002", "010158-5000", "310279-0003", "0101790001-1", "030382-0004")


class TestSecrecy:
    async def test_a_cpr_number_is_in_no_table_log_answer_or_message(
        self,
        intake: RunningService,
        caseworker: httpx.AsyncClient,
        empty_bus: RealNats,
        output: Callable[[], str],
    ) -> None:
        """Good numbers and bad ones, in the right place and in wrong ones: none of them is anywhere afterwards."""
        citizen_id = await registered(caseworker, NUMBERS[0])
        await registered(caseworker, NUMBERS[1])
        for number in NUMBERS:
            await caseworker.post("/citizens", json=person(number))
            await caseworker.post("/citizens", json=person(number, education_level=number, target_group=number))
            await caseworker.post("/citizens", json={"cpr": number})
            await caseworker.post("/citizens", json={"cpr": int(number.replace("-", ""))})
            await caseworker.post("/citizens", content=number, headers={"Content-Type": "application/json"})
            await caseworker.post("/citizens/lookup", json={"cpr": number})
            await caseworker.post("/citizens/lookup", json=number)
            for header in ("X-Correlation-Id", "Expected-Version", "traceparent"):
                await caseworker.post("/citizens/lookup", json={"cpr": number}, headers={header: number})
            await caseworker.get(f"/citizens/{number}")
            for body in (
                {"offer": "workshop", "reason": f"Call {number}", "due": str(tomorrow())},
                {"offer": number, "reason": number, "due": number},
            ):
                await caseworker.post(f"/citizens/{citizen_id}/referrals", json=body)
        await intake.database.execute("ALTER TABLE cpr_vault RENAME COLUMN sealed TO gone")
        broken = await caseworker.post("/citizens", json=person(NUMBERS[5]))
        assert broken.status_code == 500
        places = await everything(intake, output)
        places["bus"] = "\n".join(await messages(empty_bus, 2))
        assert "cpr-century" in places["output"], "the log is what was looked at"
        assert leaks(places) == []

    @pytest.mark.parametrize("header", ["Purpose", "Idempotency-Key"])
    async def test_a_number_in_a_header_is_not_kept(
        self, intake: RunningService, caseworker: httpx.AsyncClient, output: Callable[[], str], header: str
    ) -> None:
        await registered(caseworker)
        await caseworker.post("/citizens/lookup", json={"cpr": CPR}, headers={header: NUMBERS[0]})
        assert leaks(await everything(intake, output)) == []

    async def test_a_number_as_the_name_of_a_field_is_not_repeated(
        self, intake: RunningService, caseworker: httpx.AsyncClient, output: Callable[[], str]
    ) -> None:
        refused(await caseworker.post("/citizens", json={NUMBERS[0]: True}), 422, "invalid")
        assert leaks(await everything(intake, output)) == []

    async def test_what_an_idempotency_key_remembers_does_not_give_the_number_away(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        """There are so few numbers that a hash without a key is found out by trying them all."""
        content, headers = json.dumps(person()).encode(), {"Idempotency-Key": "first"}
        for _ in range(2):
            answer = await caseworker.post(
                "/citizens", content=content, headers=headers | {"Content-Type": "application/json"}
            )
            assert answer.status_code == 201
        remembered = await intake.database.fetchval("SELECT request FROM idempotency")
        assert remembered != hashlib.sha256(b"POST /citizens?\n" + content).digest()


@pytest.fixture
def output(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """What the process has written so far, and logged."""
    return lambda: "".join(capfd.readouterr()) + caplog.text


async def everything(intake: RunningService, output: Callable[[], str]) -> dict[str, str]:
    """Every table, every answer and all output, as text."""
    answers = "\n".join(f"{answer.headers} {answer.text}" for answer in intake.answers)
    return await intake.text() | {"answers": answers, "output": output()}


def leaks(places: dict[str, str]) -> list[tuple[str, str]]:
    """Where one of the numbers is, and in which form."""
    forms = {form for number in NUMBERS for form in forms_of(number)}
    return [(name, form) for form in forms for name, text in places.items() if form in text]


def forms_of(number: str) -> set[str]:
    """How a number may be written: with and without hyphen, as a JSON number, as hexadecimal bytes."""
    digits = number.replace("-", "")
    return {number, digits, digits.lstrip("0"), f"{digits[:6]}-{digits[6:]}", digits.encode().hex()}


async def messages(nats: RealNats, count: int) -> list[str]:
    """Subjects, headers and bodies of the first events on the bus."""
    client = await nats_client.connect(nats.url)
    try:
        stream = client.jetstream()

        async def all_published() -> bool:
            return (await stream.stream_info("EVENTS")).state.messages >= count

        await eventually(all_published)
        found = [await stream.get_msg("EVENTS", sequence) for sequence in range(1, count + 1)]
        return [f"{message.subject} {message.headers} {(message.data or b'').decode()}" for message in found]
    finally:
        await client.close()
