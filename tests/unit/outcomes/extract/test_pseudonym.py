"""Pseudonyms: the same in one project, others in another, and not to be had without the secret."""

import hashlib
import hmac

import pytest

from services.outcomes.extract.pseudonym import Pseudonyms, project_key

SECRET, SALT = bytes(range(32)), b"s" * 32
ANNA, BEN = "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01", "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c02"


def of(project: str, secret: bytes = SECRET, salt: bytes = SALT) -> Pseudonyms:
    """The pseudonyms of a project."""
    return Pseudonyms(project_key(secret, salt, project))


def test_it_is_hmac_sha256() -> None:
    key = hmac.new(SECRET, b"loeft research project\0" + SALT + b"\0kea", hashlib.sha256).digest()
    expected = hmac.new(key, b"citizen\0" + ANNA.encode(), hashlib.sha256).hexdigest()[:32]
    assert of("kea").of("citizen", ANNA) == expected


def test_a_project_knows_a_citizen_again_and_no_other_project_does() -> None:
    assert of("kea").of("citizen", ANNA) == of("kea").of("citizen", ANNA)
    others = [of("vive"), of("kea", secret=bytes(32)), of("kea", salt=b"t" * 32)]
    ids = {of("kea").of("citizen", ANNA), *(other.of("citizen", ANNA) for other in others)}
    assert len(ids) == 4


def test_different_things_have_different_ids() -> None:
    kea = of("kea")
    assert len({kea.of("citizen", ANNA), kea.of("citizen", BEN), kea.of("course", ANNA)}) == 3


def test_a_secret_that_could_be_tried_is_refused() -> None:
    with pytest.raises(ValueError, match="takes 32"):
        project_key(b"secret", SALT, "kea")
