"""Which citizens' records were united (``citizens-merged``): every id of a person leads to one history."""

from collections.abc import Iterable


class Aliases:
    """Groups of entity ids; each group has one root, and a group of one is the rule."""

    def __init__(self) -> None:
        self._root: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}

    def root(self, entity: str) -> str:
        """The entity that this one's history is kept under."""
        return self._root.get(entity, entity)

    def members(self, root: str) -> list[str]:
        """All entities whose facts make up the history of a root."""
        return self._members.get(root, [root])

    def groups(self) -> Iterable[tuple[str, list[str]]]:
        """Every root under which several entities are united, with all of them."""
        return self._members.items()

    def unite(self, kept: str, merged: str) -> tuple[str, str] | None:
        """Make two histories one; (root, the root that it swallowed), or None when they were one already.

        The smaller id becomes the root, so that the order of merges changes nothing.
        """
        one, other = sorted((self.root(kept), self.root(merged)))
        if one == other:
            return None
        members = sorted([*self.members(one), *self.members(other)])
        self._members.pop(other, None)
        self._members[one] = members
        for member in members:
            self._root[member] = one
        return one, other

    def forget(self, members: Iterable[str]) -> None:
        """Know nothing of entities that are all those of one history."""
        for member in members:
            self._root.pop(member, None)
            self._members.pop(member, None)
