"""An OIDC issuer on a real HTTP server: discovery and keys, which can change; and it can be down."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from deploy.embedded.ports import free_port
from tests.real.http_server import Answers, serving


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key of the issuer, named by its ``kid``."""

    name: str
    algorithm: str
    private: Any

    @classmethod
    def new(cls, name: str, algorithm: str) -> "SigningKey":
        """A fresh key for ES256 or RS256."""
        if algorithm == "ES256":
            return cls(name, algorithm, ec.generate_private_key(ec.SECP256R1()))
        return cls(name, algorithm, rsa.generate_private_key(public_exponent=65537, key_size=2048))

    def sign(self, claims: dict[str, Any]) -> str:
        """A token with these claims."""
        return jwt.encode(claims, self.private, algorithm=self.algorithm, headers={"kid": self.name})

    def published(self) -> dict[str, Any]:
        """The public half as a JSON Web Key."""
        algorithm = ECAlgorithm if self.algorithm == "ES256" else RSAAlgorithm
        key: dict[str, Any] = json.loads(algorithm.to_jwk(self.private.public_key()))
        return key | {"kid": self.name, "use": "sig"}

    def pem(self) -> bytes:
        """The public half as everybody may have it."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return bytes(self.private.public_key().public_bytes(serialization.Encoding.PEM, form))


@dataclass(slots=True)
class HttpIssuer:
    """The issuer. ``documents`` may be changed while it runs; ``asked`` counts the requests."""

    port: int = field(default_factory=free_port)
    documents: dict[str, Any] = field(default_factory=dict)
    asked: int = 0

    @property
    def url(self) -> str:
        """The issuer's name and address."""
        return f"http://127.0.0.1:{self.port}/realms/kommune"

    def publish(self, *keys: SigningKey) -> None:
        """From now on these are its keys."""
        path = "/realms/kommune"
        self.documents = {
            f"{path}/.well-known/openid-configuration": {"issuer": self.url, "jwks_uri": f"{self.url}/keys"},
            f"{path}/keys": {"keys": [key.published() for key in keys]},
        }

    @contextmanager
    def up(self) -> Iterator[None]:
        """It answers while the block runs, and nobody does before and after."""
        issuer = self

        class Answer(Answers):
            def do_GET(self) -> None:  # noqa: N802 - the name that http.server asks for
                issuer.asked += 1
                document = issuer.documents.get(self.path)
                self.say(404 if document is None else 200, document)

        with serving(self.port, Answer):
            yield
