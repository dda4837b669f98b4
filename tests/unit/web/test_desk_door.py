"""The desk's door for programs: a valid token with a role that may read."""

from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.desk.app import create_app
from shared.messaging.bus import Bus
from shared.settings import Settings
from shared.web import Role
from shared.web.tokens import LocalIssuer
from tests.real.forgery import forgeries
from tests.real.issuer import SigningKey

ADDRESSES = ("/", "/live")


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "local.pem"


@pytest.fixture
def visitor(key_file: Path) -> httpx.AsyncClient:
    """Somebody at a desk where people sign in elsewhere."""
    settings = Settings(data_directory=key_file.parent, local_issuer_key=key_file, page_sign_in=False)
    transport = httpx.ASGITransport(create_app(settings, Bus("nats://nowhere")))
    return httpx.AsyncClient(transport=transport, base_url="http://desk")


@pytest.mark.parametrize("address", ADDRESSES)
async def test_nobody_comes_in_by_a_bad_token(visitor: httpx.AsyncClient, key_file: Path, address: str) -> None:
    key = serialization.load_pem_private_key(key_file.read_bytes(), None)
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    public = key.public_key().public_bytes(serialization.Encoding.PEM, form)
    other = SigningKey("", "EdDSA", Ed25519PrivateKey.generate())
    tokens = forgeries("local", SigningKey("", "EdDSA", key).sign, other.sign, public) | {"none": ""}
    for what, token in tokens.items():
        by_header = await visitor.get(address, headers={"Authorization": f"Bearer {token}"})
        assert by_header.status_code == 401, what
        assert "set-cookie" not in by_header.headers
        assert not token or token not in by_header.text


@pytest.mark.parametrize("address", ADDRESSES)
async def test_who_may_not_read_figures_is_told_so(visitor: httpx.AsyncClient, key_file: Path, address: str) -> None:
    token = LocalIssuer(key_file, "loeft").issue("x", [Role.SYSTEM], ["0101"])
    assert (await visitor.get(address, headers={"Authorization": f"Bearer {token}"})).status_code == 403


@pytest.mark.parametrize("page_sign_in", [True, False])
async def test_every_page_of_ones_own_machine_says_that_nobody_is_real(key_file: Path, page_sign_in: bool) -> None:
    """And none does where real people sign in: there the citizens are real."""
    settings = Settings(data_directory=key_file.parent, local_issuer_key=key_file, page_sign_in=page_sign_in)
    desk = create_app(settings, Bus("nats://nowhere"))
    await desk.state.services.open()
    token = LocalIssuer(key_file, "loeft").issue("x", [Role.DPO], ["0101"])
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(desk), base_url="http://desk") as visitor:
        for address in ("/adgangslog", "/drift", "/nowhere", "/login"):
            page = (await visitor.get(address, headers=headers)).text
            assert ("Opfundne borgere og virksomheder" in page) is page_sign_in, address
    await desk.state.services.close()
