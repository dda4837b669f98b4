"""The vault's cryptography: found in its municipality only, opened for its citizen only."""

from datetime import date
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag

from services.intake.rules import cpr
from services.intake.vault import Vault

NUMBER = cpr.read("010179-0001", date(2026, 11, 21))
OTHER = cpr.read("010179-0002", date(2026, 11, 21))
ID = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01")
OTHER_ID = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c02")
VAULT = Vault(bytes(range(32)))


def test_a_sealed_number_opens_for_its_citizen() -> None:
    assert VAULT.open(VAULT.seal(NUMBER, ID), ID) == "0101790001"


def test_a_sealed_number_opens_for_no_other_citizen_key_or_changed_byte() -> None:
    sealed = VAULT.seal(NUMBER, ID)
    changed = bytes([*sealed[:-1], sealed[-1] ^ 1])
    for vault, value, citizen_id in (
        (VAULT, sealed, OTHER_ID),
        (Vault(bytes(32)), sealed, ID),
        (VAULT, changed, ID),
    ):
        with pytest.raises(InvalidTag):
            vault.open(value, citizen_id)


def test_sealing_twice_looks_different_and_hides_the_digits() -> None:
    first, second = VAULT.seal(NUMBER, ID), VAULT.seal(NUMBER, ID)
    assert first != second
    assert b"010179" not in first


def test_the_lookup_is_the_same_each_time_and_differs_by_person_municipality_and_key() -> None:
    lookup = VAULT.lookup("0101", NUMBER)
    assert lookup == Vault(bytes(range(32))).lookup("0101", NUMBER)
    others = {VAULT.lookup("0101", OTHER), VAULT.lookup("0147", NUMBER), Vault(bytes(32)).lookup("0101", NUMBER)}
    assert len(others) == 3
    assert lookup not in others


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="31 bytes instead of 32"):
        Vault(bytes(31))
