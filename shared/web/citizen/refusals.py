"""What a citizen reads when a page cannot be shown: what it is, and what she can do. Nobody is blamed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Refusal(NamedTuple):
    """A heading and what to do."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Refusals:
    """What a service has to say: of a problem's code, else of the answer's status, else at all."""

    by_code: Mapping[str, Refusal]
    by_status: Mapping[int, Refusal]
    unexpected: Refusal

    def of(self, code: str, status: int) -> Refusal:
        """What to say of a problem."""
        return self.by_code.get(code) or self.by_status.get(status) or self.unexpected
