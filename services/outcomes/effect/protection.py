"""Protection: rows are hidden until every secret of the releases has a witness."""

from collections.abc import Iterable, Iterator

from services.outcomes.effect.relations import Relations
from services.outcomes.effect.release import RowId
from services.outcomes.effect.witness import BOLD, CAREFUL, NEVER, Changes, Secrecy


class Protection:
    """Releases, of which the last is still to be published: only its rows can be hidden. ``ks`` has k of each.

    A secret is a count of 1 to k-1 persons, told by a row or not, and any count (but 0) whose rows are all hidden.
    """

    def __init__(self, relations: Relations, ks: list[int]) -> None:
        self._relations = relations
        self._ks = ks
        self._secrecy = Secrecy(relations, _prices(relations, len(ks) - 1))
        self._safe: set[int] = set()

    def hide(self, row: int) -> None:
        """Hide a row, by its number."""
        self._secrecy.hide(row)

    def hidden(self) -> list[tuple[int, RowId]]:
        """The release and id of each hidden row."""
        return [row for number, row in enumerate(self._relations.rows) if number in self._secrecy.hidden]

    def protect(self) -> None:
        """Hide rows until every secret has a witness, or nothing is left to hide.

        A witness stays one whatever else is hidden, so each secret is looked at once.
        """
        while waiting := [count for count in self._secrets() if count not in self._safe]:
            for count in waiting:
                if count not in self._safe and not self._witnessed(count):
                    self._withdraw(count)

    def _secrets(self) -> Iterator[int]:
        """Small ones first: what is hidden for them often protects the others."""
        relations, shown = self._relations, self._secrecy.shown
        large = []
        for count, value in enumerate(relations.values):
            if value and count not in relations.impersonal:
                if value < self._k(count):
                    yield count
                elif relations.rows_of[count] and not shown[count]:
                    large.append(count)
        yield from large

    def _witnessed(self, count: int) -> bool:
        """Whether the count has a witness, with more rows hidden if need be; all that it protects is safe."""
        changes = (
            self._found(count, hiding=False, manner=CAREFUL)
            or self._found(count, hiding=True, manner=CAREFUL)
            or self._found(count, hiding=True, manner=BOLD)
        )
        if changes is None:
            return False
        for row in sorted(self._secrecy.rows_told(changes)):
            self._secrecy.hide(row)
        self._safe |= {changed for changed in changes if self._enough(changed, changes)}
        return True

    def _found(self, count: int, *, hiding: bool, manner: int) -> Changes | None:
        missing = self._k(count) - self._relations.values[count]
        for change in [missing] if missing > 0 else [1, -1]:
            changes = self._secrecy.witness(count, change, hiding=hiding, manner=manner)
            if changes is not None:
                return changes
        return None

    def _enough(self, count: int, changes: Changes) -> bool:
        value = self._relations.values[count]
        return max(value, value + changes[count]) >= self._k(count)

    def _withdraw(self, count: int) -> None:
        """Where the search finds no way, hide what stands in relation to the count; in the end everything.

        With everything hidden a witness is all counts of the release k-fold.
        """
        relations = self._relations
        near = {count}
        for _ in range(2):
            about = {relation for each in near for relation, _ in relations.relations_of[each]}
            near |= {each for relation in about for each, _ in relations.relations[relation]}
            self._hide_all(row for each in sorted(near) for row in relations.rows_of[each])
            if self._witnessed(count):
                return
        self._hide_all(range(len(relations.rows)))
        self._safe.add(count)

    def _hide_all(self, rows: Iterable[int]) -> None:
        for row in rows:
            if self._secrecy.prices[row] < NEVER:
                self._secrecy.hide(row)

    def _k(self, count: int) -> int:
        return self._ks[self._relations.ids[count].release]


def _prices(relations: Relations, last: int) -> list[int]:
    """What hiding each row costs. Totals are missed most, then large groups; who has nobody to tell of is shown."""
    finest: dict[str, int] = {}
    for identity in relations.ids:
        finest[identity.name] = max(finest.get(identity.name, 0), len(identity.place))
    prices = []
    for (release, _), counts in zip(relations.rows, relations.counts_of, strict=True):
        persons = sum(relations.values[count] for count in counts)
        ids = [relations.ids[count] for count in counts]
        margin = max((finest[identity.name] - len(identity.place) for identity in ids), default=0)
        price = (20 + 3 * persons.bit_length()) * (1 + margin)
        prices.append(price if persons and release == last else NEVER)
    return prices
