"""Tokens of an OIDC issuer that really answers over HTTP: its keys, their change, and its absence."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.problems import Unauthenticated, Unavailable
from shared.settings import Settings
from shared.web import Principal, Role, tokens
from shared.web.tokens import LocalIssuer, OidcIssuer, verifier_of
from tests.real.forgery import forgeries, good_claims
from tests.real.issuer import HttpIssuer, SigningKey

CASEWORKER = Principal("employee-7", frozenset({Role.CASEWORKER}), ("0101",))


class Clock:
    """A monotonic clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1.0  # a machine that has just started

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        raise AssertionError("a verifier asks the library, not this clock")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(tokens, "time", clock)
    return clock


@pytest.fixture(scope="module")
def elliptic() -> SigningKey:
    return SigningKey.new("elliptic", "ES256")


@pytest.fixture(scope="module")
def rsa() -> SigningKey:
    return SigningKey.new("rsa", "RS256")


@pytest.fixture
def issuer(elliptic: SigningKey, rsa: SigningKey) -> Iterator[HttpIssuer]:
    issuer = HttpIssuer()
    issuer.publish(elliptic, rsa)
    with issuer.up():
        yield issuer


def verifier(issuer: HttpIssuer | str) -> OidcIssuer:
    url = issuer if isinstance(issuer, str) else issuer.url
    made = verifier_of(Settings(profile="production", issuer=url))
    assert isinstance(made, OidcIssuer)
    return made


class TestKeys:
    async def test_both_kinds_of_keys_let_in_and_are_fetched_once(
        self, issuer: HttpIssuer, elliptic: SigningKey, rsa: SigningKey
    ) -> None:
        door = verifier(issuer)
        for key in (elliptic, rsa, elliptic):
            assert await door.verify(key.sign(good_claims(issuer.url))) == CASEWORKER
        assert issuer.asked == 2, "one discovery, one set of keys"

    @pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
    async def test_forged_tokens_are_refused_in_clear_words(self, issuer: HttpIssuer, algorithm: str) -> None:
        key = SigningKey.new("own", algorithm)
        issuer.publish(key)
        another = SigningKey.new("own", algorithm)
        door = verifier(issuer)
        assert await door.verify(key.sign(good_claims(issuer.url))) == CASEWORKER
        for what, token in forgeries(issuer.url, key.sign, another.sign, key.pem()).items():
            with pytest.raises(Unauthenticated) as refused:
                await door.verify(token)
            assert refused.value.code == "token-invalid", what
            assert refused.value.detail.endswith("Sign in again to get a new one."), what
            assert token not in refused.value.detail

    async def test_claims_may_be_named_otherwise_and_be_one_text(
        self, issuer: HttpIssuer, elliptic: SigningKey
    ) -> None:
        settings = Settings(profile="production", issuer=issuer.url, roles_claim="groups", municipality_claim="kommune")
        claims = good_claims(issuer.url, groups="caseworker", kommune="0101", roles=["manager"], municipality="0147")
        assert await verifier_of(settings).verify(elliptic.sign(claims)) == CASEWORKER

    @pytest.mark.parametrize(
        ("claim", "unit"),
        [
            ("Nord", "Nord"),
            (["Nord", "Syd"], "Nord"),
            (" Nord ", "Nord"),
            ("N" * 60, "N" * 60),
            ("N" * 61, None),
            (" ", None),
            (None, None),
            (7, None),
            ([["Nord"]], None),
        ],
    )
    async def test_an_own_unit_is_the_first_that_is_named(
        self, issuer: HttpIssuer, elliptic: SigningKey, claim: object, unit: str | None
    ) -> None:
        settings = Settings(profile="production", issuer=issuer.url, unit_claim="afdeling")
        token = elliptic.sign(good_claims(issuer.url, afdeling=claim, unit="Midt"))
        assert (await verifier_of(settings).verify(token)).unit == unit

    @pytest.mark.parametrize("roles", [None, 7, {"caseworker": True}, [["caseworker"]], ["chief"], ""])
    async def test_roles_that_are_none_give_none(self, issuer: HttpIssuer, elliptic: SigningKey, roles: object) -> None:
        principal = await verifier(issuer).verify(elliptic.sign(good_claims(issuer.url, roles=roles)))
        assert principal.roles == frozenset()


class TestRotation:
    async def test_a_new_key_is_fetched_when_it_is_first_seen(
        self, issuer: HttpIssuer, elliptic: SigningKey, clock: Clock
    ) -> None:
        door = verifier(issuer)
        await door.verify(elliptic.sign(good_claims(issuer.url)))
        fresh = SigningKey.new("next", "ES256")
        issuer.publish(elliptic, fresh)
        clock.now += 11
        assert await door.verify(fresh.sign(good_claims(issuer.url))) == CASEWORKER

    async def test_invented_keys_do_not_make_us_ask_again_and_again(
        self, issuer: HttpIssuer, elliptic: SigningKey, clock: Clock
    ) -> None:
        door = verifier(issuer)
        await door.verify(elliptic.sign(good_claims(issuer.url)))
        asked = issuer.asked
        for number in range(20):
            invented = SigningKey(f"invented-{number}", "ES256", elliptic.private)
            with pytest.raises(Unauthenticated, match="The access token does not hold"):
                await door.verify(invented.sign(good_claims(issuer.url)))
        assert issuer.asked == asked

    async def test_a_withdrawn_key_lets_in_no_longer_than_ten_minutes(
        self, issuer: HttpIssuer, elliptic: SigningKey, rsa: SigningKey, clock: Clock
    ) -> None:
        door = verifier(issuer)
        token = elliptic.sign(good_claims(issuer.url))
        await door.verify(token)
        issuer.publish(rsa)
        clock.now += 601
        with pytest.raises(Unauthenticated) as refused:
            await door.verify(token)
        assert "a key that the issuer does not publish" in refused.value.detail


class TestAbsence:
    async def test_nobody_is_let_in_before_the_issuer_has_answered(self, elliptic: SigningKey, clock: Clock) -> None:
        issuer = HttpIssuer()
        issuer.publish(elliptic)
        door, token = verifier(issuer), elliptic.sign(good_claims(issuer.url))
        for _ in range(2):
            with pytest.raises(Unavailable, match="The login service does not answer"):
                await door.verify(token)
        with issuer.up():
            clock.now += 2
            assert await door.verify(token) == CASEWORKER

    async def test_known_keys_hold_while_the_issuer_is_down(self, elliptic: SigningKey, clock: Clock) -> None:
        issuer = HttpIssuer()
        issuer.publish(elliptic)
        door, token = verifier(issuer), elliptic.sign(good_claims(issuer.url))
        with issuer.up():
            await door.verify(token)
        clock.now += 3600
        assert await door.verify(token) == CASEWORKER

    @pytest.mark.parametrize(
        "document",
        [
            None,
            [],
            {"issuer": "https://login.example"},
            {"issuer": "OWN"},
            {"issuer": "OWN", "jwks_uri": 7},
            {"issuer": "OWN", "jwks_uri": "no address"},
            {"issuer": "OWN", "jwks_uri": "OWN/nothing"},
        ],
    )
    async def test_an_issuer_that_says_nothing_useful_is_one_that_does_not_answer(
        self, issuer: HttpIssuer, elliptic: SigningKey, document: object
    ) -> None:
        if isinstance(document, dict):
            document = {n: v.replace("OWN", issuer.url) if isinstance(v, str) else v for n, v in document.items()}
        issuer.documents["/realms/kommune/.well-known/openid-configuration"] = document
        with pytest.raises(Unavailable, match="The login service does not answer"):
            await verifier(issuer).verify(elliptic.sign(good_claims(issuer.url)))

    @pytest.mark.parametrize("keys", [{}, {"keys": []}, {"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "elliptic"}]}])
    async def test_keys_that_are_none_let_nobody_in(
        self, issuer: HttpIssuer, elliptic: SigningKey, keys: dict[str, object]
    ) -> None:
        issuer.documents["/realms/kommune/keys"] = keys
        with pytest.raises((Unavailable, Unauthenticated)):
            await verifier(issuer).verify(elliptic.sign(good_claims(issuer.url)))


class TestNames:
    async def test_an_issuer_whose_name_ends_with_a_slash_is_taken_by_that_name(self, elliptic: SigningKey) -> None:
        issuer = HttpIssuer()
        issuer.publish(elliptic)
        name = f"{issuer.url}/"
        issuer.documents["/realms/kommune/.well-known/openid-configuration"]["issuer"] = name
        with issuer.up():
            assert await verifier(name).verify(elliptic.sign(good_claims(name))) == CASEWORKER
            with pytest.raises(Unauthenticated):
                await verifier(name).verify(elliptic.sign(good_claims(issuer.url)))


class TestLocalIssuer:
    async def test_forged_tokens_are_refused(self, tmp_path: Path) -> None:
        local, another = (LocalIssuer(tmp_path / name, "loeft") for name in ("local.pem", "another.pem"))
        assert await local.verify(local.issue("employee-7", [Role.CASEWORKER], ["0101"])) == CASEWORKER
        in_a_unit = local.issue("employee-7", [Role.CASEWORKER], ["0101"], unit="Nord")
        assert await local.verify(in_a_unit) == replace(CASEWORKER, unit="Nord")
        key = serialization.load_pem_private_key((tmp_path / "local.pem").read_bytes(), None)
        assert isinstance(key, Ed25519PrivateKey)
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        public = key.public_key().public_bytes(serialization.Encoding.PEM, form)
        with pytest.raises(Unauthenticated):
            await local.verify(another.issue("employee-7", [Role.CASEWORKER], ["0101"]))
        signing = SigningKey("", "EdDSA", key)
        foreign = SigningKey("", "EdDSA", Ed25519PrivateKey.generate())
        for what, token in forgeries("local", signing.sign, foreign.sign, public).items():
            with pytest.raises(Unauthenticated) as refused:
                await local.verify(token)
            assert refused.value.code == "token-invalid", what

    def test_production_refuses_to_start_with_it(self) -> None:
        with pytest.raises(ValueError, match="set LOEFT_ISSUER to the address of your OIDC issuer"):
            verifier_of(Settings(profile="production"))
