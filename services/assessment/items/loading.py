"""Reading the item bank from its files: all of it is right, or it is refused with everything that is wrong."""

import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from services.assessment.items import bank_checks, item_checks, settings
from services.assessment.items.bank import Bank
from services.assessment.items.competence import FRAMEWORKS
from services.assessment.items.difficulty import LEVELS
from services.assessment.items.finding import BrokenBank, Finding
from services.assessment.items.item import KINDS, WITHIN, AnyItem, Item
from services.assessment.items.said import said
from services.assessment.items.settings import FILE, Settings

DIRECTORY = Path(__file__).parents[1] / "bank"
_ITEM: TypeAdapter[Item] = TypeAdapter(AnyItem)


@cache
def item_bank() -> Bank:
    """The bank that Løft ships, read once. Raises BrokenBank."""
    return load(DIRECTORY)


def load(directory: Path) -> Bank:
    """The bank in this directory. Raises BrokenBank with every finding."""
    bank, findings = examine(directory)
    if findings or bank is None:
        raise BrokenBank(findings)
    return bank


def examine(directory: Path) -> tuple[Bank | None, list[Finding]]:
    """The bank as far as it can be read, and everything that is wrong with it, in the order of the files."""
    findings: list[Finding] = []
    found = _settings(directory, findings)
    if found is None:
        return None, findings
    items: list[Item] = []
    places: list[tuple[str, str]] = []
    for path in sorted(one for one in directory.glob("*.toml") if one.name != FILE):
        for item_id, item in _items(path, found, findings):
            places.append((path.name, item_id))
            if item is not None:
                items.append(item)
    findings += bank_checks.twice(places)
    if not settings.usable(found):
        return None, findings
    bank = Bank(
        found.version,
        found.framework,
        found.framework_version,
        found.calibrated,
        found.cuts,
        tuple(sorted(items, key=lambda item: item.id)),
    )
    findings += bank_checks.findings(bank, found.frozen)
    return bank, findings


def _settings(directory: Path, findings: list[Finding]) -> Settings | None:
    raw = _toml(directory / FILE, findings)
    if raw is None:
        return None
    try:
        found = Settings.model_validate_json(json.dumps(raw, default=str))
    except ValidationError as error:
        findings += (Finding(FILE, "", *fault) for fault in said(error))
        return None
    findings += settings.findings(found)
    return found if (found.framework, found.framework_version) in FRAMEWORKS else None


def _items(path: Path, found: Settings, findings: list[Finding]) -> Iterator[tuple[str, Item | None]]:
    """Each item of a file by id; None for one that cannot be read, which is among the findings then."""
    raw = _toml(path, findings)
    if raw is None:
        return
    head = {name: raw.pop(name, None) for name in ("area", "competence")}
    rows = raw.pop("item", [])
    findings += (Finding(path.name, "", *fault) for fault in _head(path, head, found))
    if raw or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        wrong = ", ".join(raw) or "item"
        findings.append(Finding(path.name, "", f"{wrong} is not understood", "Write area, competence and [[item]]s."))
        return
    for number, row in enumerate(rows, start=1):
        item_id = str(row.get("id", f"item {number}"))
        try:
            item = _ITEM.validate_json(json.dumps({**head, **_measured(row, found)}, default=str))
        except ValidationError as error:
            findings += (Finding(path.name, item_id, *fault) for fault in said(error))
            yield item_id, None
            continue
        faults = [*_placed(item, head, row, found), *item_checks.faults(item)]
        findings += (Finding(path.name, item_id, *fault) for fault in faults)
        yield item_id, item


def _measured(row: dict[str, Any], found: Settings) -> dict[str, Any]:
    """The row with a and b: its own where the bank is calibrated, else by the rule of judgement.

    Where the row or the rule has a fault, which is told by itself, the item is looked at with a = 1 and b = 0.
    """
    if found.calibrated:
        return row
    level, kind, within = row.get("level"), row.get("kind"), row.get("within", "middle")
    judged = {"a": 1.0, "b": 0.0}
    known = isinstance(level, int) and 1 <= level <= LEVELS and kind in KINDS and within in WITHIN
    if known and settings.usable(found):
        judged = {"a": found.rule.a(row["kind"]), "b": found.rule.b(row["level"], row["kind"], within, found.cuts)}
    return {**row, **judged}


def _head(path: Path, head: dict[str, Any], found: Settings) -> Iterator[item_checks.Fault]:
    area, competence = head["area"], head["competence"]
    known = FRAMEWORKS[found.framework, found.framework_version]
    if competence not in known:
        yield (
            f"competence {competence!r} is not known in {found.framework} {found.framework_version}",
            (f"Write one of: {', '.join(known)}."),
        )
    elif path.name != f"{competence}.toml":
        yield f"it holds competence {competence}", f"Call it {competence}.toml."
    if competence in known and str(area) != competence[0]:
        yield f"competence {competence} is not in area {area}", f"Write area = {competence[0]}."


def _placed(item: Item, head: dict[str, Any], row: dict[str, Any], found: Settings) -> Iterator[item_checks.Fault]:
    if not item.id.startswith(f"{head['competence']}-"):
        yield "the id does not begin with its competence", f"Call it {head['competence']}-…, or move it."
    if not found.calibrated and (stated := [name for name in ("a", "b") if name in row]):
        yield (
            f"it states {' and '.join(stated)}, but the bank is not calibrated",
            ("Leave them out: they follow from level, kind and within; or calibrate the whole bank."),
        )


def _toml(path: Path, findings: list[Finding]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        findings.append(Finding(path.name, "", "the file is missing", f"Put it into {path.parent}."))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        findings.append(Finding(path.name, "", f"it is no TOML: {error}", "Correct that line."))
    return None
