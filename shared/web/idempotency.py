"""Idempotency-Key: a request that is repeated exactly gets the answer that it had, and has its effect once.

The key and the request are remembered as keyed digests (``digest``): a body may hold a CPR number, and there are so few
of those that a plain digest gives it away.
"""

import json
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from shared.persistence.transaction import Transaction
from shared.problems import Invalid
from shared.web.principal import Principal

Digest = Callable[[bytes], bytes]
KEPT_HEADERS = ("content-type", "location")


def key_of(request: Request, digest: Digest) -> str | None:
    """The request's key, which is its caller's own; None when it has none or changes nothing. Raises Invalid."""
    key = request.headers.get("Idempotency-Key")
    if key is None or request.method == "GET":
        return None
    if not 1 <= len(key) <= 200:
        raise Invalid(
            "idempotency-key",
            "The Idempotency-Key must have 1 to 200 characters",
            "A UUID is a good key.",
        )
    principal: Principal = request.state.principal
    return digest(f"{principal.subject}:{principal.municipality}:{key}".encode()).hex()


def fingerprint(request: Request, body: bytes, digest: Digest) -> bytes:
    """What two requests have in common that are the same."""
    return digest(f"{request.method} {request.url.path}?{request.url.query}\n".encode() + body)


async def claim(tx: Transaction, key: str, asked: bytes) -> Response | None:
    """Take the key for this request, or give the answer that it had; waits while that request runs."""
    fresh = await tx.fetchval(
        "INSERT INTO idempotency (key, request) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING true", key, asked
    )
    if fresh:
        return None
    row = await tx.fetchrow("SELECT request, status, headers, body FROM idempotency WHERE key = $1", key)
    assert row is not None
    if row["request"] != asked:
        raise Invalid(
            "idempotency-key-reused",
            "This Idempotency-Key belongs to another request",
            "Use a new key for a new request; repeat a request exactly to get its answer again.",
        )
    headers = json.loads(row["headers"]) | {"Idempotent-Replayed": "true"}
    return Response(row["body"], row["status"], headers)


async def remember(tx: Transaction, key: str, response: Response) -> None:
    """Keep the answer, in the transaction of its effect."""
    headers = {name: value for name, value in response.headers.items() if name in KEPT_HEADERS}
    await tx.execute(
        "UPDATE idempotency SET status = $2, headers = $3, body = $4 WHERE key = $1",
        key,
        response.status_code,
        json.dumps(headers),
        bytes(response.body),
    )
