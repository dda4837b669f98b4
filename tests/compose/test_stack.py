"""docker-compose.yml as callers and operators meet it."""

import httpx
import pytest

from tests.compose.figures import KOBENHAVN, NAESTVED, everything_works
from tests.compose.stack import PARTS, SERVICES, CommandFailed, ComposeStack, run
from tests.waiting import eventually


async def test_figures_page_and_new_events(told: ComposeStack) -> None:
    await everything_works(told)


async def test_scripts_and_styles_are_compressed(stack: ComposeStack) -> None:
    async with httpx.AsyncClient(base_url=stack.url) as anyone:
        script = await anyone.get("/static/live.js")

    assert script.headers["Content-Encoding"] == "gzip"


async def test_changes_come_through_the_proxy_at_once(told: ComposeStack) -> None:
    async with (
        await told.caller("manager", municipality=KOBENHAVN) as manager,
        manager.stream("GET", "/live", timeout=30) as stream,
    ):
        first = await anext(stream.aiter_lines())

    assert stream.headers["Content-Type"].startswith("text/event-stream")
    assert first


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("caseworker", "/borgere"),
        ("caseworker", "/hold"),
        ("caseworker", "/henvendelser"),
        ("manager", "/maal"),
        ("ementor", "/vaerksted"),
        ("operator", "/drift"),
    ],
)
async def test_the_desk_asks_the_services_for_whoever_looks(told: ComposeStack, role: str, page: str) -> None:
    async with await told.caller(role, municipality=NAESTVED) as caller:
        answer = await caller.get(page, headers={"Accept": "text/html"})
        assert answer.status_code == 200, answer.text
        assert "svarer ikke" not in answer.text, "every service is reached"
        assert "Opfundne borgere" not in answer.text, "whom people sign in for is real here"


async def test_a_page_that_works_hears_through_the_proxy_at_once(told: ComposeStack) -> None:
    async with (
        await told.caller("caseworker", municipality=NAESTVED) as caller,
        caller.stream("GET", "/changes", params={"about": "intake"}, timeout=30) as stream,
    ):
        lines = stream.aiter_lines()
        first = [await anext(lines) for _ in range(2)]
    assert "event: beat" in first or "event: changed" in first


async def test_who_has_no_token_gets_nothing(told: ComposeStack) -> None:
    async with httpx.AsyncClient(base_url=told.url) as nobody:
        assert (await nobody.get("/")).status_code == 401
        for service in SERVICES:
            assert (await nobody.get(f"/{service}/openapi.json")).status_code == 200
            assert (await nobody.get(f"/{service}/metrics")).status_code == 404
        for address in ("/outcomes/effect?indicator=funnel", "/courses/courses", "/intake/citizens/x"):
            assert (await nobody.get(address)).status_code == 401
        assert (await nobody.get("/metrics")).status_code == 404


async def test_a_body_that_is_too_large_stops_at_the_proxy(told: ComposeStack) -> None:
    async with await told.caller("caseworker", municipality=NAESTVED, path="/intake/") as caller:
        answer = await caller.post("citizens", content=b" " * 2_200_000)

    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:loeft:problem:too-large"


async def test_documentation_lies_below_its_path(told: ComposeStack) -> None:
    async with httpx.AsyncClient(base_url=told.url) as anyone:
        document = (await anyone.get("/courses/openapi.json")).json()
        page = await anyone.get("/courses/docs")
        script = await anyone.get("/courses/docs/static/swagger-ui-bundle.js")

    assert document["servers"] == [{"url": "/courses"}]
    assert "/courses/openapi.json" in page.text
    assert script.status_code == 200


def test_production_refuses_local_tokens(stack: ComposeStack) -> None:
    with pytest.raises(CommandFailed, match="production takes no local tokens"):
        stack.compose("run", "--rm", "--no-deps", "-e", "LOEFT_ISSUER=local", "courses")


def test_a_service_reaches_its_own_database_and_no_other(stack: ComposeStack) -> None:
    connect = (
        "import asyncio, asyncpg, pathlib, sys\n"
        "word = pathlib.Path('/run/secrets/loeft_database_password_intake').read_text().strip()\n"
        "asyncio.run(asyncpg.connect(f'postgresql://intake@postgres/{sys.argv[1]}', password=word))\n"
    )

    stack.run_in("intake", "python", "-c", connect, "intake")

    for other in ("assessment", "courses", "outcomes", "postgres"):
        with pytest.raises(CommandFailed, match="permission denied for database"):
            stack.run_in("intake", "python", "-c", connect, other)
    assert stack.run_in("intake", "ls", "/run/secrets").split() == [
        "loeft_cpr_key",
        "loeft_database_password_intake",
        "loeft_link_key",
        "loeft_nats_url",
    ]


def test_the_broker_demands_a_login(stack: ComposeStack) -> None:
    connect = "import asyncio, nats; asyncio.run(nats.connect('nats://nats:4222', allow_reconnect=False))"

    with pytest.raises(CommandFailed, match="Authorization Violation"):
        stack.run_in("desk", "python", "-c", connect)


def test_containers_have_no_more_than_they_need(stack: ComposeStack) -> None:
    for part in PARTS:
        status = stack.run_in(part, "cat", "/proc/self/status")
        fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        assert "0" not in fields["Uid"].split(), part
        assert {int(fields[name], 16) for name in ("CapEff", "CapPrm", "CapBnd")} == {0}, part
        assert fields["NoNewPrivs"] == "1", part
        assert stack.inspect(part, "{{.HostConfig.ReadonlyRootfs}}") == "true", part
    published = run(
        "docker", "ps", "--filter", f"label=com.docker.compose.project={stack.project}", "--format={{.Ports}}"
    )
    assert f"127.0.0.1:{stack.port}->8080/tcp" in published.decode()
    assert "0.0.0.0:" not in published.decode()


async def test_prometheus_reads_every_service(stack: ComposeStack) -> None:
    stack.compose("--profile", "observability", "up", "--detach", "--no-deps", "prometheus")
    ask = ("wget", "-q", "-O", "-", "http://127.0.0.1:9090/api/v1/query?query=sum(up)")

    await eventually(lambda: '"5"' in stack.run_in("prometheus", *ask), 60, what="all five targets are up")

    checked = stack.run_in("prometheus", "promtool", "check", "config", "/etc/prometheus/prometheus.yml")
    assert "8 rules found" in checked
