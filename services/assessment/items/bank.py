"""The item bank: one version of all items, with the cuts between the levels."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal, get_args

from services.assessment.items.item import Item
from shared.problems import NotFound

Pool = Literal["full", "phone", "accessible"]
POOLS: tuple[Pool, ...] = get_args(Pool)


@dataclass(frozen=True)
class Bank:
    """All items of one version, in the order of their ids. ``cuts[k]`` lies between level k + 1 and level k + 2."""

    version: str
    framework: str
    framework_version: str
    calibrated: bool
    cuts: tuple[float, ...]
    items: tuple[Item, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """The items by id."""
        return MappingProxyType({item.id: item for item in self.items})

    @cached_property
    def content(self) -> str:
        """Everything a citizen is shown or scored by, as one JSON text that gives the bank again (``freezing``)."""
        content = {
            "version": self.version,
            "framework": [self.framework, self.framework_version],
            "calibrated": self.calibrated,
            "cuts": self.cuts,
            "items": [item.model_dump(mode="json") for item in self.items],
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=False, separators=(",", ":"))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content: two banks that differ anywhere differ here."""
        return hashlib.sha256(self.content.encode()).hexdigest()

    def level(self, ability: float) -> int:
        """The level, 1 to 8, of an ability; a cut itself belongs to the level above it."""
        return 1 + sum(ability >= cut for cut in self.cuts)

    def pool(self, pool: Pool) -> tuple[Item, ...]:
        """The items that are scored, and can be answered on a phone, or by everyone with any aid."""
        return tuple(item for item in self.items if item.state == "operational" and belongs(item, pool))

    def pilots(self, pool: Pool) -> tuple[Item, ...]:
        """The items of the pool that are tried out and not scored."""
        return tuple(item for item in self.items if item.state == "pilot" and belongs(item, pool))

    def item(self, item_id: str) -> Item:
        """One item. Raises NotFound."""
        try:
            return self.by_id[item_id]
        except KeyError:
            raise NotFound(
                "item-unknown", f"The item bank {self.version} has no item {item_id}", "`loeft bank preview` shows all."
            ) from None


def belongs(item: Item, pool: Pool) -> bool:
    """Whether the item can be asked in this pool."""
    return pool == "full" or (item.device == "any" if pool == "phone" else item.accessible)
