"""A municipality's login service on a real HTTP server, strict about what RFC 6749, RFC 7636 and OpenID Connect ask.

It lets in at once whoever is sent to it: a code holds once, for its redirect address and its code challenge; a refresh
token holds once.
"""

import base64
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from deploy.embedded.ports import free_port
from tests.real.http_server import Answers, serving
from tests.real.issuer import SigningKey

CLIENT, SECRET = "loeft-desk", "s3cret"
CLAIMS = {"sub": "anna", "aud": "loeft", "roles": ["caseworker"], "municipality": "0101"}


@dataclass(slots=True)
class LoginService:
    """The service. ``claims`` and ``lasts_s`` are of the access tokens it gives; ``over`` says no to every renewal."""

    port: int = field(default_factory=free_port)
    claims: dict[str, Any] = field(default_factory=lambda: dict(CLAIMS))
    lasts_s: int = 600
    over: bool = False
    renewals: int = 0
    key: SigningKey = field(default_factory=lambda: SigningKey.new("k1", "ES256"))
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _refresh: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        """Its name and address."""
        return f"http://127.0.0.1:{self.port}"

    def document(self) -> dict[str, Any]:
        """Discovery."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize?tenant=1",
            "token_endpoint": f"{self.url}/token",
            "end_session_endpoint": f"{self.url}/end",
            "jwks_uri": f"{self.url}/keys",
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_hex(8)
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """The answer of the token endpoint."""
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization != f"Basic {basic}":
            return 401, {"error": "invalid_client"}
        if form["grant_type"] == "authorization_code":
            asked = self._codes.pop(form["code"], None)
            challenge = base64.urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
            good = asked and asked["redirect_uri"] == form["redirect_uri"] and asked["code_challenge"] == challenge
            nonce = asked["nonce"] if asked else ""
        else:
            good = form["refresh_token"] in self._refresh and not self.over
            self._refresh.discard(form["refresh_token"])
            self.renewals += 1
            nonce = ""
        if not good:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        common = {"iss": self.url, "iat": now, "exp": now + self.lasts_s}
        refresh = secrets.token_hex(8)
        self._refresh.add(refresh)
        return 200, {
            "access_token": self.key.sign(common | self.claims),
            "id_token": self.key.sign(common | {"sub": self.claims["sub"], "aud": CLIENT, "nonce": nonce}),
            "refresh_token": refresh,
            "token_type": "Bearer",
            "expires_in": self.lasts_s,
        }

    @contextmanager
    def up(self) -> Iterator[None]:
        """It answers while the block runs."""
        service = self

        class Answer(Answers):
            def do_GET(self) -> None:  # noqa: N802 - the name that http.server asks for
                address = urlsplit(self.path)
                if address.path == "/authorize":
                    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
                    self.send_response(302)
                    self.send_header("Location", service.authorize(asked))
                    self.end_headers()
                elif address.path == "/.well-known/openid-configuration":
                    self.say(200, service.document())
                elif address.path == "/keys":
                    self.say(200, {"keys": [service.key.published()]})
                else:
                    self.say(404, {})

            def do_POST(self) -> None:  # noqa: N802 - the same
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                self.say(*service.token(form, self.headers.get("Authorization", "")))

        with serving(self.port, Answer):
            yield
