"""What ``bank.toml`` says of the bank as a whole, and what must hold of it."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from services.assessment.items.competence import FRAMEWORKS
from services.assessment.items.difficulty import LEVELS, Rule
from services.assessment.items.finding import Finding
from services.assessment.items.item import KINDS, WITHIN
from services.assessment.items.words import Part

FILE = "bank.toml"
Finite = Annotated[float, Field(allow_inf_nan=False)]


class Settings(Part):
    """Version, framework, cuts and the rule of judgement. ``frozen`` holds the digests of versions that were used."""

    version: Annotated[str, Field(pattern=r"^20\d\d\.[1-9]\d*$")]
    framework: str
    framework_version: str
    calibrated: bool
    cuts: tuple[Finite, ...]
    rule: Rule
    frozen: dict[str, str] = Field(default_factory=dict)


def findings(settings: Settings) -> Iterator[Finding]:
    """What is wrong with the bank as a whole."""
    if (settings.framework, settings.framework_version) not in FRAMEWORKS:
        known = ", ".join(" ".join(one) for one in FRAMEWORKS)
        yield _finding(
            f"framework {settings.framework} {settings.framework_version} is not known",
            f"Write one of: {known}; or add its competences to services/assessment/items/competence.py.",
        )
    if len(settings.cuts) != LEVELS - 1:
        yield _finding(f"there are {len(settings.cuts)} cuts", f"{LEVELS} levels need {LEVELS - 1} cuts between them.")
    for number, (low, high) in enumerate(pairwise(settings.cuts), start=1):
        if low >= high:
            yield _finding(
                f"the cuts do not rise: {low:g} above level {number} is followed by {high:g} above level {number + 1}",
                "Each cut must be greater than the one before, or a better person gets a lower level.",
            )
    yield from _rule(settings)


def _rule(settings: Settings) -> Iterator[Finding]:
    rule = settings.rule
    for name, given, wanted in (
        ("discrimination", rule.discrimination, KINDS),
        ("offset", rule.offset, KINDS),
        ("within", rule.within, WITHIN),
    ):
        if missing := sorted(set(wanted) - set(given)):
            yield _finding(f"rule.{name} says nothing of {', '.join(missing)}", "Give each a number.")
    for kind, a in rule.discrimination.items():
        if not a > 0:
            yield _finding(
                f"rule.discrimination of {kind} is {a:g}", "It must be above 0: else who knows more does worse."
            )
    widths = [high - low for low, high in pairwise(settings.cuts) if high > low]
    if widths and rule.widest > min(widths) / 2:
        yield _finding(
            f"offset and within can move an item by {rule.widest:g}, and the narrowest level is {min(widths):g} wide",
            "Make them smaller, or an item lies in another level than the one it states.",
        )


def usable(settings: Settings) -> bool:
    """Whether a and b can be worked out, and so what the items can tell together."""
    rule = settings.rule
    complete = {*rule.discrimination} >= {*KINDS} and {*rule.offset} >= {*KINDS} and {*rule.within} >= {*WITHIN}
    return complete and all(a > 0 for a in rule.discrimination.values()) and len(settings.cuts) == LEVELS - 1


def _finding(what: str, remedy: str) -> Finding:
    return Finding(FILE, "", what, remedy)
