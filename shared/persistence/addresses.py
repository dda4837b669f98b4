"""PostgreSQL addresses: one form for people (``postgresql://role@host/database?host=/socket``), two for drivers."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def sqlalchemy_url(address: str) -> tuple[str, dict[str, Any]]:
    """The address as SQLAlchemy wants it, and the driver arguments that do not fit into it."""
    parts = urlsplit(address)
    arguments: dict[str, Any] = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.username:
        arguments["user"] = unquote(parts.username)
    if parts.password:
        arguments["password"] = unquote(parts.password)
    if parts.hostname and "host" not in arguments:
        arguments["host"] = parts.hostname
    if parts.port:
        arguments["port"] = parts.port
    if "port" in arguments:
        arguments["port"] = int(arguments["port"])
    return f"postgresql+asyncpg:///{parts.path.lstrip('/')}", arguments
