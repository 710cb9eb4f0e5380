"""docs/architecture.md is true: the rooms are those that exist, and imports go where the arrows go."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "dbee_dbt"
DOCS = sorted(ROOT.glob("docs/**/*.md"))


def arrows() -> dict[str, set[str]]:
    """The table of rooms: room -> rooms it may import."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+\|([^|]*)\|$", text, re.MULTILINE)
    return {room: {word.strip() for word in allowed.split(",") if word.strip()} for room, allowed in rows}


def rooms() -> set[str]:
    """Folders and modules of the package."""
    found = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    return found | {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Line and room of each import of ours in a file, those inside functions included."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            package, _, rest = name.partition(".")
            if package == "dbee_dbt" and rest:
                yield node.lineno, rest.partition(".")[0]


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_the_table_lists_the_rooms_that_exist() -> None:
    assert set(arrows()) == rooms()


@pytest.mark.parametrize("room", sorted(arrows()))
def test_a_room_imports_only_what_the_table_allows(room: str) -> None:
    allowed = arrows()[room] | {room}
    if "all" in allowed:
        return
    files = [PACKAGE / f"{room}.py"] if (PACKAGE / f"{room}.py").exists() else sorted((PACKAGE / room).rglob("*.py"))
    wrong = [
        f"{file}:{line} imports {other}" for file in files for line, other in imports(file) if other not in allowed
    ]
    assert wrong == []


def test_the_table_allows_nothing_that_nobody_uses() -> None:
    used: dict[str, set[str]] = {}
    for file in PACKAGE.rglob("*.py"):
        used.setdefault(room_of(file), set()).update(other for _, other in imports(file))
    for room, allowed in arrows().items():
        assert allowed - {"all"} <= used.get(room, set()), room


def test_only_those_who_may_know_the_emulator() -> None:
    files = [file for file in PACKAGE.rglob("*.py") if any(other == "emulator" for _, other in imports(file))]
    assert {room_of(file) for file in files} - {"emulator"} <= {"session", "cli"}


def modules_of(room: str) -> dict[str, set[str]]:
    """The modules of a room by their names, with those of the room that each imports, for types too."""
    files = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in (PACKAGE / room).rglob("*.py")}
    found: dict[str, set[str]] = {}
    for name, file in files.items():
        nodes = [n for n in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(n, ast.ImportFrom)]
        names = {f"{node.module}.{alias.name}" for node in nodes for alias in node.names} | {n.module for n in nodes}
        found[name] = {other for other in names if other in files}
    return found


def test_no_modules_of_the_emulator_import_one_another_in_a_circle() -> None:
    try:
        list(TopologicalSorter(modules_of("emulator")).static_order())
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def cited() -> Iterator[tuple[str, str, str]]:
    """Place, page and section of each fact that the code cites."""
    for pattern in ("dbee_dbt/**/*.py", "macros/**/*.sql", "validators/*.sql", "generators/*.sql", "docs/*.md"):
        for file in ROOT.glob(pattern):
            text = file.read_text(encoding="utf-8")
            for page, section in re.findall(r"docs/teradata/(\w+\.md)(?: §(\d+(?:\.\d+)?))?", text):
                yield str(file.relative_to(ROOT)), page, section


def test_facts_that_the_code_cites_stand_in_the_docs() -> None:
    missing = []
    for place, page, section in cited():
        file = ROOT / "docs" / "teradata" / page
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        if not text or (section and not re.search(rf"^## {re.escape(section)}\.? ", text, re.MULTILINE)):
            missing.append(f"{place}: {page} §{section}")
    assert missing == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_what_is_made_from_the_code_is_current() -> None:
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    pages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pages)
    for page, text in pages.generated().items():
        assert (ROOT / page).read_text(encoding="utf-8") == text, f"{page}: run `make docs`"
