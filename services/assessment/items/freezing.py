"""A bank as it was when a test began, kept whole: the test can be finished and recomputed in a later release."""

import hashlib
import json

from pydantic import TypeAdapter

from services.assessment.items.bank import Bank
from services.assessment.items.item import AnyItem, Item

_ITEMS: TypeAdapter[tuple[Item, ...]] = TypeAdapter(tuple[AnyItem, ...])


class NotAsFrozen(ValueError):
    """The content of a frozen bank is not what was frozen."""


def thaw(content: str, digest: str) -> Bank:
    """The bank whose ``Bank.content`` this was. Raises NotAsFrozen when it is not the one with this digest."""
    found = hashlib.sha256(content.encode()).hexdigest()
    if found != digest:
        raise NotAsFrozen(f"the bank that was frozen as {digest} has the digest {found} now: its content was changed")
    told = json.loads(content)
    framework, framework_version = told["framework"]
    return Bank(
        version=told["version"],
        framework=framework,
        framework_version=framework_version,
        calibrated=told["calibrated"],
        cuts=tuple(told["cuts"]),
        items=_ITEMS.validate_json(json.dumps(told["items"])),
    )
