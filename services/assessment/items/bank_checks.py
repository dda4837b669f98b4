"""What must hold of the items together: unique, every competence covered, enough information at every cut."""

from collections import Counter
from collections.abc import Iterator, Mapping

from services.assessment.items.bank import POOLS, Bank
from services.assessment.items.competence import AREAS, FRAMEWORKS
from services.assessment.items.finding import Finding
from services.assessment.items.information import available, needed
from services.assessment.items.item import Single
from services.assessment.items.settings import FILE

FEWEST_AN_AREA = 20
"""Operational items: with at most 8 asked, no item of an area need be seen by more than a part of those tested."""
CHOICES_TO_COUNT, MOST = 20, 0.4
"""From so many choices on, the right option may not be in one place, or be the longest, in a greater share of them."""


def findings(bank: Bank, frozen: Mapping[str, str]) -> Iterator[Finding]:
    """What is wrong with the items together. ``frozen`` has the digests of fixed versions."""
    yield from _coverage(bank)
    yield from _guessable(bank)
    yield from _information(bank)
    if frozen.get(bank.version, bank.digest) != bank.digest:
        yield Finding(
            FILE,
            "",
            f"version {bank.version} is frozen and its content has changed (digest {bank.digest})",
            "Undo the change, or raise the version: people were tested with what it was.",
        )


def twice(places: list[tuple[str, str]]) -> Iterator[Finding]:
    """Ids that stand more than once, given (file, id) of every item."""
    for item_id, times in Counter(item_id for _, item_id in places).items():
        if times > 1:
            files = ", ".join(sorted({file for file, one in places if one == item_id}))
            yield Finding(files, item_id, f"the id is used {times} times", "Give each item an id of its own.")


def _coverage(bank: Bank) -> Iterator[Finding]:
    operational = bank.pool("full")
    covered = {item.competence for item in operational}
    for code in FRAMEWORKS[bank.framework, bank.framework_version]:
        if code not in covered:
            yield Finding(
                f"{code}.toml",
                "",
                f"competence {code} has no operational item",
                "Write one, or make a pilot operational.",
            )
    for area in AREAS:
        number = sum(item.area == area for item in operational)
        if number < FEWEST_AN_AREA:
            yield Finding(
                FILE, "", f"area {area} has {number} operational items", f"It needs {FEWEST_AN_AREA} or more."
            )


def _guessable(bank: Bank) -> Iterator[Finding]:
    choices = [item for item in bank.pool("full") if isinstance(item, Single) and item.key in item.options]
    if len(choices) < CHOICES_TO_COUNT:
        return
    places = Counter(list(item.options).index(item.key) for item in choices)
    for place, times in sorted(places.items()):
        if times > MOST * len(choices):
            what = f"in {times} of {len(choices)} choices the right option is number {place + 1}"
            yield Finding(FILE, "", what, "Spread the place of the right option.")
    for language in ("da", "en"):
        times = sum(_key_is_longest(item, language) for item in choices)
        if times > MOST * len(choices):
            what = f"in {times} of {len(choices)} choices the right option is the longest ({language})"
            yield Finding(FILE, "", what, "Write longer wrong options, or shorter right ones.")


def _key_is_longest(item: Single, language: str) -> bool:
    lengths = {name: len(getattr(text, language)) for name, text in item.options.items()}
    key = lengths.pop(item.key)
    return key > max(lengths.values())


def _information(bank: Bank) -> Iterator[Finding]:
    for pool in POOLS:
        items = bank.pool(pool)
        for area in AREAS:
            of_area = [item for item in items if item.area == area]
            for number, cut in enumerate(bank.cuts):
                there, enough = available(of_area, cut), needed(number)
                if there < enough:
                    yield Finding(
                        FILE,
                        "",
                        f"area {area}, pool {pool}: information {there:.2f} at the cut {cut:g} between levels"
                        f" {number + 1} and {number + 2}",
                        f"It needs {enough:g}: write items of level {number + 1} or {number + 2}.",
                    )
