"""An OIDC issuer for the compose tests: discovery, keys, and a token for whoever asks. Its key lives as long as it.

``POST /token`` with ``{"sub", "roles", "municipality"}`` answers ``{"access_token"}``.
"""

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from jwt.algorithms import RSAAlgorithm

ISSUER = "http://issuer:9000"
KEY = generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = {"kid": "test", "alg": "RS256", "use": "sig", **json.loads(RSAAlgorithm.to_jwk(KEY.public_key()))}
DOCUMENTS = {
    "/.well-known/openid-configuration": {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/jwks"},
    "/jwks": {"keys": [PUBLIC]},
}


class Issuer(BaseHTTPRequestHandler):
    """The two documents, and tokens."""

    def do_GET(self) -> None:
        """Discovery and keys."""
        document = DOCUMENTS.get(self.path)
        self._answer(200 if document else 404, document or {})

    def do_POST(self) -> None:
        """A signed token with the claims of the request's body."""
        claims = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        now = int(time.time())
        claims |= {"iss": ISSUER, "aud": "loeft", "iat": now, "exp": now + 3600}
        self._answer(200, {"access_token": jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "test"})})

    def _answer(self, status: int, document: dict[str, Any]) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("", 9000), Issuer).serve_forever()
