"""Regular expressions mean the same on every Python that the project runs on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("dbee_dbt", "tests", "docs", "benchmarks", "integration_tests")


def texts(tree: ast.AST) -> Iterator[ast.Constant]:
    """The strings of a module, those within f-strings too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def test_no_group_is_repeated_possessively() -> None:
    """CPython 3.11.0 to 3.11.4 reads ``(…)*+`` wrongly where its group fails half-way; ``(?>(…)*)`` means the same."""
    found = [
        f"{file.relative_to(ROOT)}:{text.lineno}"
        for folder in FOLDERS
        for file in sorted((ROOT / folder).rglob("*.py"))
        for text in texts(ast.parse(file.read_text(encoding="utf-8")))
        if file != Path(__file__).resolve() and re.search(r"(?<!\\)\)(?:[*+?]|\{[0-9,]+\})\+", text.value)
    ]
    assert found == []
