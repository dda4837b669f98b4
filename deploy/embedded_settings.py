"""The settings of an embedded stack: where its machines answer, and the secrets that its first start made."""

import os
import secrets
from pathlib import Path

from deploy.embedded import EmbeddedMachines
from shared.settings import Settings


def embedded_settings(settings: Settings, machines: EmbeddedMachines) -> Settings:
    """The settings with the addresses of the machines and the secrets that the first start made.

    They are put into the environment too, so that every part of this process reads the same ones.
    """
    keys = machines.directory.keys
    found = {
        **machines.addresses(),
        "services_url": f"http://{_reachable(settings.host)}:{settings.port}/{{service}}",
        "data_directory": str(machines.directory.root),
        "local_issuer_key": str(keys / "local-issuer.pem"),
        "cpr_key": settings.cpr_key or _secret(keys / "cpr.key"),
        "link_key": settings.link_key or _secret(keys / "link.key"),
        "research_key": settings.research_key or _secret(keys / "research.key"),
    }
    for name, value in found.items():
        os.environ[f"LOEFT_{name.upper()}"] = value
    return Settings(port=settings.port, host=settings.host)


def _reachable(host: str) -> str:
    """An address at which this process reaches itself: one that means *all of mine* is none."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)


def _secret(file: Path) -> str:
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_hex(32))
    return file.read_text(encoding="ascii").strip()
