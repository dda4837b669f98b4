"""Something in the bank that is not as it must be, and what to do about it."""

from collections.abc import Sequence
from typing import NamedTuple

from shared.problems import Problem


class Finding(NamedTuple):
    """Where (file, and item if it is about one), what is wrong, and what to do."""

    file: str
    item: str
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.item}" if self.item else self.file
        return f"{where}: {self.what}. {self.remedy}"


class BrokenBank(Problem):
    """The item bank cannot be used. The detail holds every finding, one a line."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        number = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
        super().__init__("bank-broken", f"The item bank is broken: {number}", "\n".join(map(str, findings)))
        self.findings = tuple(findings)
