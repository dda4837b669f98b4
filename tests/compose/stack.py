"""docker-compose.yml, started for real under a name of its own, and driven as an operator and as callers do."""

import os
import re
import secrets
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from deploy.embedded.ports import free_port
from tests.waiting import eventually

REPOSITORY = Path(__file__).parents[2]
FILES = ("docker-compose.yml", "tests/compose/issuer.yml")
SERVICES = ("intake", "assessment", "courses", "outcomes")
PARTS = ("nats", "postgres", *SERVICES, "desk", "proxy")
HEALTHY_WITHIN_S = 300


class CommandFailed(AssertionError):
    """A command of Docker did not work; its words are in the message."""


def run(*command: str, env: dict[str, str] | None = None, stdin: bytes | None = None) -> bytes:
    """What the command printed on standard output. Raises CommandFailed."""
    done = subprocess.run(command, cwd=REPOSITORY, env=env, input=stdin, capture_output=True, check=False)
    if done.returncode:
        said = (done.stdout[-3000:] + done.stderr[-3000:]).decode(errors="replace")
        raise CommandFailed(f"{' '.join(command)} ended with {done.returncode}:\n{said}")
    return done.stdout


def works(*command: str) -> bool:
    """Whether the command ends well."""
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=False).returncode == 0


def docker_compose() -> list[str]:
    """The command of whichever generation this machine has."""
    return ["docker", "compose"] if works("docker", "compose", "version") else ["docker-compose"]


def published_images() -> list[str]:
    """The images that are not ours: of the compose file, and those that the Dockerfile starts from."""
    compose = (REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8")
    dockerfile = (REPOSITORY / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    named = re.findall(r"^ +image: (\S+)", compose, flags=re.MULTILINE)
    named += re.findall(r"^(?:FROM |COPY --from=)(\S+:\S+)", dockerfile, flags=re.MULTILINE)
    return sorted({name for name in named if not name.startswith("loeft")})


def get_images() -> None:
    """Every published image is there: already, from its registry, or as a stand-in where no registry answers."""
    if not works("docker", "info") or not works(*docker_compose(), "version"):
        run(".ci/docker-standins", *published_images())
    for image in published_images():
        if not works("docker", "image", "inspect", image) and not works("docker", "pull", "--quiet", image):
            run(".ci/docker-standins", *published_images())


@dataclass(slots=True)
class ComposeStack:
    """One running copy of docker-compose.yml, with an OIDC issuer beside it."""

    secrets: Path
    project: str = field(default_factory=lambda: f"loeft-test-{secrets.token_hex(4)}")
    port: int = field(default_factory=free_port)
    files: Sequence[str] = FILES

    @property
    def url(self) -> str:
        """Where the proxy answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that docker-compose.yml asks for."""
        return os.environ | {
            "LOEFT_ISSUER": "http://issuer:9000",
            "LOEFT_SECRETS": str(self.secrets),
            "LOEFT_HTTP_PORT": str(self.port),
            "LOEFT_VERSION": "test",
        }

    def compose(self, *arguments: str, stdin: bytes | None = None) -> bytes:
        """What docker-compose printed. Raises CommandFailed."""
        files = [word for file in self.files for word in ("--file", file)]
        return run(
            *docker_compose(), "--project-name", self.project, *files, *arguments, env=self.environment, stdin=stdin
        )

    def container(self, part: str) -> str:
        """The id of a part's container, running or not."""
        wanted = {"project": self.project, "service": part, "oneoff": "False"}
        labels = [f"--filter=label=com.docker.compose.{name}={value}" for name, value in wanted.items()]
        return run("docker", "ps", "--all", "--quiet", *labels).decode().strip()

    def inspect(self, part: str, template: str) -> str:
        """A value that Docker knows of a part's container."""
        return run("docker", "inspect", "--format", template, self.container(part)).decode().strip()

    def run_in(self, part: str, *command: str) -> str:
        """Run a command in a part's container, under its account."""
        return self.compose("exec", "-T", part, *command).decode()

    def crash(self, part: str) -> None:
        """Kill every process of a part at once, as a crash would; Docker's restart policy must bring it back."""
        works("docker", "exec", self.container(part), "sh", "-c", "kill -9 -1")  # it kills its own shell too

    def started(self, part: str) -> str:
        """When the part's container was started last."""
        return self.inspect(part, "{{.State.StartedAt}}")

    async def healthy(self, *parts: str) -> None:
        """Wait until these parts, or all, are healthy by their own health checks."""

        def all_healthy() -> bool:
            states = self.states()
            unhealthy = {
                part: states.get(part, "not there")
                for part in parts or PARTS
                if "(healthy)" not in states.get(part, "")
            }
            assert not unhealthy, unhealthy
            return True

        await eventually(all_healthy, HEALTHY_WITHIN_S, what="every part is healthy")

    def states(self) -> dict[str, str]:
        """How Docker describes each part that runs, e.g. ``Up 5 seconds (healthy)``."""
        ours = f"--filter=label=com.docker.compose.project={self.project}"
        lines = run("docker", "ps", ours, '--format={{.Label "com.docker.compose.service"}}|{{.Status}}').decode()
        return dict(line.split("|", 1) for line in lines.splitlines())

    async def caller(self, *roles: str, municipality: str, path: str = "/") -> httpx.AsyncClient:
        """A caller below a path of the proxy, with a token of the issuer for an hour."""
        address = self.compose("port", "issuer", "9000").decode().strip()
        claims = {"sub": "employee-7", "roles": roles, "municipality": [municipality]}
        async with httpx.AsyncClient() as client:
            token = (await client.post(f"http://{address}/token", json=claims)).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.AsyncClient(base_url=f"{self.url}{path}", headers=headers, timeout=30)

    def down(self) -> None:
        """Remove containers, networks and volumes."""
        self.compose("--profile", "observability", "down", "--volumes", "--remove-orphans", "--timeout", "10")

    def left_behind(self) -> list[str]:
        """What Docker still has of this project."""
        label = f"label=com.docker.compose.project={self.project}"
        kinds = {"container": ["--all"], "volume": [], "network": []}
        return [
            f"{kind} {one}"
            for kind, options in kinds.items()
            for one in run("docker", kind, "ls", "--quiet", *options, "--filter", label).decode().split()
        ]
