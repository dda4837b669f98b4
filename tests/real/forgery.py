"""Tokens that must not let anybody in, each wrong in one way."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

Claims = dict[str, Any]
Sign = Callable[[Claims], str]


def good_claims(issuer: str, **given: Any) -> Claims:
    """The claims of a caseworker of Copenhagen."""
    now = int(time.time())
    claims = {"iss": issuer, "aud": "loeft", "sub": "employee-7", "iat": now, "exp": now + 900}
    return claims | {"roles": ["caseworker"], "municipality": ["0101"]} | given


def forgeries(issuer: str, sign: Sign, sign_with_another_key: Sign, public_key: bytes) -> dict[str, str]:
    """Bad tokens by what is wrong with them; only the signature of some is right."""
    claims, now = good_claims(issuer), int(time.time())
    token = sign(claims)
    header, _, signature = token.split(".")
    other_body = _part(claims | {"roles": ["manager"]})
    by_public_key = f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part(claims)}"
    mac = hmac.digest(public_key, by_public_key.encode(), hashlib.sha256)
    return {
        "garbage": "garbage",
        "three dots": "a.b.c",
        "expired": sign(claims | {"exp": now - 120, "iat": now - 1000}),
        "not valid yet": sign(claims | {"nbf": now + 600}),
        "for ever": sign({name: value for name, value in claims.items() if name != "exp"}),
        "wrong audience": sign(claims | {"aud": "another-system"}),
        "wrong issuer": sign(claims | {"iss": "https://login.example"}),
        "nobody": sign({name: value for name, value in claims.items() if name != "sub"}),
        "no municipality": sign(claims | {"municipality": []}),
        "no such municipality": sign(claims | {"municipality": ["København", 101, None]}),
        "another key": sign_with_another_key(claims),
        "no algorithm": f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part(claims)}.",
        "no signature": f"{header}.{token.split('.')[1]}.",
        "another body": f"{header}.{other_body}.{signature}",
        "HS256 by the public key": f"{by_public_key}.{_base64(mac)}",
    }


def _part(document: Claims) -> str:
    return _base64(json.dumps(document).encode())


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
