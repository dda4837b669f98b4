"""Every setting, read from the environment (``LOEFT_…``), from ``.env`` or from files in ``/run/secrets``.

``.env.example`` is generated from these descriptions (``loeft contracts write``).
"""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRETS = Path("/run/secrets")


class Settings(BaseSettings):
    """Settings of one process. Every field has a default that is right for the embedded stack on one machine."""

    model_config = SettingsConfigDict(
        env_prefix="LOEFT_",
        env_file=".env",
        extra="ignore",
        frozen=True,
        secrets_dir=SECRETS if SECRETS.is_dir() else None,
    )

    profile: Literal["embedded", "production"] = Field(
        default="embedded", description="embedded: everything in one process; production: one container a service."
    )
    data_directory: Path = Field(default=Path(".loeft"), description="Where the embedded stack keeps its data.")
    restart_servers: bool = Field(
        default=True, description="Embedded: start NATS or PostgreSQL again when it has ended unasked."
    )
    host: str = Field(default="127.0.0.1", description="Address that HTTP listens on.")
    port: int = Field(default=8080, ge=0, le=65535, description="Port of the page and the APIs.")

    nats_url: str = Field(
        default="nats://127.0.0.1:4222",
        description="Address of the broker; a login stands in it: nats://token@host:4222.",
    )
    nats_monitor_url: str = Field(
        default="http://127.0.0.1:8222",
        description="The broker's monitoring address; start-up asks it whether it syncs.",
    )
    stream: str = Field(default="EVENTS", description="Name of the JetStream stream that takes every event.")
    bucket: str = Field(default="projections", description="Name of the KV bucket that holds the projections.")
    database_url: str = Field(
        default="postgresql://{service}@127.0.0.1:5432/{service}",
        description="PostgreSQL address; {service} is replaced by the service's name.",
    )
    database_password: str | None = Field(
        default=None,
        description="Password of the database role; the secret file loeft_database_password_<service> goes before it.",
    )
    allow_unsafe_durability: bool = Field(
        default=False,
        description="Start although the broker or PostgreSQL answers before it has synced to disk. Events can be lost.",
    )

    issuer: str = Field(
        default="local", description="local: the embedded token issuer; otherwise the address of an OIDC issuer."
    )
    audience: str = Field(default="loeft", description="The audience that a token must name.")
    roles_claim: str = Field(default="roles", description="The token's claim that lists the caller's roles.")
    municipality_claim: str = Field(
        default="municipality", description="The token's claim that names the caller's municipality code, or several."
    )
    unit_claim: str = Field(
        default="unit", description="The token's claim that names the caller's unit (afdeling), if there is one."
    )
    local_issuer_key: Path | None = Field(
        default=None, description="Key file of the local issuer (made at first start in the data directory)."
    )
    cpr_key: str | None = Field(
        default=None, description="Secret of intake's CPR vault, 64 hexadecimal digits (embedded: made at first start)."
    )
    link_key: str | None = Field(
        default=None,
        description="Secret of links to tests, check-in and calendars, 64 hexadecimal digits (embedded: made at first "
        "start). To change it, put the new one before the old with a space between; after a day leave the old one out.",
    )
    page_sign_in: bool = Field(
        default=True, description="Embedded only: the page lets people sign in as an invented person of each role."
    )
    page_url: str = Field(
        default="", description="Address of the page as browsers know it; empty: the one that a request came to."
    )
    services_url: str = Field(
        default="http://127.0.0.1:8080/{service}",
        description="Where the page reaches the services' APIs; {service} is replaced by a service's name.",
    )
    client_id: str = Field(default="loeft", description="The page's name at the OIDC issuer.")
    client_secret: str | None = Field(
        default=None, description="The page's secret at the OIDC issuer; a public client has none."
    )
    client_scope: str = Field(
        default="openid", description="What the page asks the OIDC issuer for; offline_access gives longer sessions."
    )
    sessions_bucket: str = Field(default="sessions", description="Name of the KV bucket of who is signed in.")

    smallest_group: int = Field(
        default=5, ge=3, description="Published figures and research extracts tell of at least so many persons at once."
    )
    research_key: str | None = Field(
        default=None,
        description="Secret of the research pseudonyms, 64 hexadecimal digits (embedded: made at first start).",
    )

    log_level: str = Field(default="INFO", description="Least severe level that is logged.")
    reaction_attempts: int = Field(default=6, ge=1, description="Tries of a reaction before its event is parked.")
    reaction_delay_s: float = Field(default=0.2, gt=0, description="Delay before the second try; it doubles each time.")

    def database(self, service: str) -> str:
        """The PostgreSQL address of one service's database."""
        return self.database_url.replace("{service}", service)

    def password(self, service: str) -> str | None:
        """The password of one service's database role: the one in its own secret file, or the one set for all."""
        own = SECRETS / f"loeft_database_password_{service}"
        return own.read_text(encoding="utf-8").strip() if own.is_file() else self.database_password
