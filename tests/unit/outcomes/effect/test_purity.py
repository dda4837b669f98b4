"""The engine is pure: the standard library and itself, msgspec to decode a fact, no clock, no chance, no I/O."""

import ast
import sys
from pathlib import Path

import pytest

import services.outcomes.effect

FILES = sorted(Path(next(iter(services.outcomes.effect.__path__))).glob("*.py"))
IMPURE = {"time", "random", "secrets", "os", "io", "socket", "asyncio", "pathlib", "subprocess", "uuid", "threading"}
CLOCKS = {"now", "today", "utcnow"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_imports_nothing_that_could_surprise(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    outside = {name for name in imported if not name.startswith("services.outcomes.effect")}
    allowed = (sys.stdlib_module_names - IMPURE) | ({"msgspec"} if file.name == "fact.py" else set())
    assert {name.split(".")[0] for name in outside} <= allowed
    assert not {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} & CLOCKS
    assert "open" not in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
