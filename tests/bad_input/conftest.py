"""A dbt project with an emulated system, and the commands of ours run in it."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.catalogs.systems import system
from tests.cli.commands import Ran, run

DDL = """\
CREATE DATABASE SALES AS PERM = 1e6;
CREATE MULTISET TABLE SALES.T, NO FALLBACK (A INTEGER NOT NULL, B VARCHAR(10)) PRIMARY INDEX (A);
"""
SOURCE: dict[str, Any] = {
    "unique_id": "source.shop.sales.T",
    "resource_type": "source",
    "package_name": "shop",
    "name": "T",
    "source_name": "sales",
    "schema": "SALES",
    "identifier": "T",
    "fqn": ["shop", "sales", "T"],
    "original_file_path": "models/sources.yml",
    "columns": {},
    "config": {},
    "meta": {},
    "tags": [],
}


class Project:
    """A dbt project with one source, parsed, whose target is an emulated system; the same as DDL stands in ``ddl``."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], file: Path) -> None:
        self.folder = folder
        self._capsys = capsys
        self.write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\n")
        self.write("models/sources.yml", "sources: []\n")
        self.write("ddl/sales.sql", DDL)
        self.profile()
        self.manifest()
        shutil.copy(file, folder / "system.duckdb")

    def write(self, name: str, content: str | bytes) -> Path:
        """A file of the project."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def profile(self, **settings: Any) -> None:
        """The profile's target, with these settings."""
        target = {"type": "dbee", "path": str(self.folder / "system.duckdb"), "schema": "SALES", **settings}
        self.write("profiles.yml", json.dumps({"shop": {"target": "dev", "outputs": {"dev": target}}}))

    def manifest(self, *several: dict[str, Any], **changes: Any) -> None:
        """The manifest as dbt wrote it, but for these keys of its only node, or of each of several; None takes one away."""
        nodes = [
            {key: value for key, value in {**SOURCE, **each}.items() if value is not None}
            for each in several or (changes,)
        ]
        metadata = {
            "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
            "dbt_version": importlib.metadata.version("dbt-core"),
            "project_name": "shop",
        }
        sources = {node.get("unique_id", SOURCE["unique_id"]): node for node in nodes}
        document = {"metadata": metadata, "nodes": {}, "sources": sources}
        self.write("target/manifest.json", json.dumps(document))

    def run(self, *arguments: object) -> Ran:
        """One of our commands, in this project."""
        options = ("--project-dir", self.folder, "--profiles-dir", self.folder)
        return run(self._capsys, *arguments, *options)

    def emulator(self, *arguments: object) -> Ran:
        """``dbee-dbt emulator run``."""
        return run(self._capsys, "emulator", "run", *arguments)

    def command(self, name: str, against: str = "td:") -> Ran:
        """A command that reads a catalog, by its name, on the catalog at an address."""
        baseline = f"dir:{self.folder / 'ddl'}"
        arguments: dict[str, tuple[object, ...]] = {
            "debug": ("debug",),
            "save": ("save", against, "-o", self.folder / "saved.json"),
            "validate": ("validate", "--against", against),
            "generate-models": ("generate-models", "--from", against, "--objects", "SALES"),
            "drift": ("drift", "--baseline", baseline, "--against", against),
            "impact": ("impact", "--change", baseline, "--against", against),
        }
        return self.run(*arguments[name])

    def files(self) -> Iterator[Path]:
        """Every file but the profile, where a password stands by right."""
        yield from (file for file in self.folder.rglob("*") if file.is_file() and file.name != "profiles.yml")


@pytest.fixture(scope="session")
def system_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The emulated system of every project, made once."""
    file = tmp_path_factory.mktemp("system") / "system.duckdb"
    system(*(statement for statement in DDL.split(";") if statement.strip()), path=str(file)).close()
    return file


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str], system_file: Path) -> Project:
    """The project."""
    return Project(tmp_path, capsys, system_file)


READERS = ("save", "validate", "generate-models", "drift")
"""The commands that need a catalog; ``debug`` only looks whether there could be one."""


def one_message(ran: Ran, code: str) -> str:
    """What a command without a verdict says: one message with its code, no traceback; on one line or two.

    Returns:
        the message, the next step with it.
    """
    assert ran.code == 2, ran
    assert ran.err.startswith(f"Error {code}"), ran.err
    first, *rest = ran.err.rstrip("\n").split("\n")
    assert len(rest) <= 1 and all(line.startswith("  -> ") for line in rest), ran.err
    assert "Traceback" not in ran.out + ran.err
    assert all(line.isprintable() for line in (first, *rest))
    return ran.err
