"""``with refused("code"):`` the block must be refused with this code, and say what to do about it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from shared.problems import Refused


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """Fails unless the block raises Refused with this code, a title and a detail."""
    with pytest.raises(Refused) as raised:
        yield raised
    assert raised.value.code == code
    assert raised.value.title
    assert raised.value.detail
