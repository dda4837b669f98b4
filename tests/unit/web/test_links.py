"""Signed links, apart from any route: made, read, refused."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.problems import Unauthenticated, Unavailable
from shared.settings import Settings
from shared.web import links
from shared.web.links import Link, Links, links_of

KEY = bytes(range(32))
NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)
LINK = Link("test", UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0a"), "0101", 3, NINE + timedelta(hours=24))


@pytest.fixture(autouse=True)
def at_nine(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is nine."""
    monkeypatch.setattr(links, "now", lambda: NINE)


def test_a_link_is_short_enough_for_a_text_message() -> None:
    text = Links(KEY).make(LINK)
    assert text.startswith("link.test.018f3a527c1e7d3a9b583f1f0a6a1c0a.")
    assert len(text) <= 100


def test_the_signature_is_hmac_sha256_with_a_key_for_links_alone() -> None:
    import base64
    import hashlib
    import hmac

    head, _, rest = Links(KEY).make(LINK).rpartition(".")
    raw = base64.urlsafe_b64decode(rest + "==")
    derived = hmac.new(KEY, b"loeft link v1", hashlib.sha256).digest()
    assert raw[8:] == hmac.new(derived, head.encode() + raw[:8], hashlib.sha256).digest()
    assert raw[:8] == bytes([0, 101, 0, 3]) + int(LINK.expires.timestamp()).to_bytes(4)


@given(
    st.sampled_from(["test", "profile"]),
    st.uuids(),
    st.integers(0, 9999),
    st.integers(0, 65535),
    st.integers(1, 2**31 - 2 * 10**9),
)
def test_what_is_made_is_read(kind: str, id_: UUID, code: int, serial: int, seconds: int) -> None:
    link = Link(kind, id_, f"{code:04}", serial, NINE + timedelta(seconds=seconds))
    assert Links(KEY).read(Links(KEY).make(link)) == link


def test_it_holds_until_the_second_it_names() -> None:
    last = Link("test", LINK.id, "0101", 0, NINE + timedelta(seconds=1))
    assert Links(KEY).read(Links(KEY).make(last)) == last
    over = Link("test", LINK.id, "0101", 0, NINE)
    with pytest.raises(Unauthenticated, match="link-expired"):
        Links(KEY).read(Links(KEY).make(over))


@given(st.text(max_size=120))
def test_no_other_text_is_a_link(text: str) -> None:
    for attempt in (text, f"link.{text}", f"link.test.{LINK.id.hex}.{text}"):
        with pytest.raises(Unauthenticated, match="link-invalid"):
            Links(KEY).read(attempt)


def test_the_settings_have_one_key_or_several() -> None:
    old, new = KEY.hex(), bytes(32).hex()
    text = links_of(Settings(link_key=old)).make(LINK)
    assert links_of(Settings(link_key=f"{new} {old}")).read(text) == LINK
    assert links_of(Settings(link_key=f"{new}\n{old}\n")).make(LINK) == Links(bytes(32)).make(LINK)
    with pytest.raises(Unauthenticated, match="link-invalid"):
        links_of(Settings(link_key=new)).read(text)
    with pytest.raises(Unavailable, match="link-key-missing"):
        links_of(Settings(link_key=None)).make(LINK)
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        links_of(Settings(link_key="secret"))
