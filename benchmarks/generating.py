"""YAML of 500 tables of 30 columns on one emulated system, whole commands: ours, dbt-osmosis' and dbt-codegen's."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from measure import Figure, script
from peers import environment

from dbee_dbt.emulator import connect

TABLES, COLUMNS, DATABASE = 500, 30, "SHOP"
CODEGEN = "DBEE_BENCH_CODEGEN"
"""Environment variable with the folder of a checkout of dbt-codegen."""


def figures(times: int) -> list[Figure]:
    """Ours beside each peer. Without a checkout of dbt-codegen, its line says that it was not measured."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "warehouse.duckdb"
        _fill(warehouse)
        ours = _seconds(lambda: _ours(Path(folder) / "ours", warehouse), times)
        osmosis = _seconds(lambda: _osmosis(Path(folder) / "osmosis", warehouse), 1)
        checkout = os.environ.get(CODEGEN)
        codegen = (
            _seconds(lambda: _codegen(Path(folder) / "codegen", warehouse, Path(checkout)), 1) if checkout else None
        )
    return [
        _figure(ours, "dbt-osmosis yaml refactor", osmosis),
        _figure(ours, "dbt-codegen" if checkout else f"dbt-codegen: not measured, set {CODEGEN}", codegen),
    ]


def _figure(ours: float, peer: str, seconds: float | None) -> Figure:
    what = f"generate-models: {TABLES} tables of {COLUMNS} columns, whole command"
    return Figure(what=what, seconds=ours, items=TABLES, peer=peer, peer_seconds=seconds)


def _seconds(command: Callable[[], Callable[[], None]], times: int) -> float:
    """The median time of a command; what it needs is made anew before each."""
    found = []
    for _ in range(times):
        run = command()
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def _fill(warehouse: Path) -> None:
    columns = ", ".join(f"COL_{at} {('INTEGER', 'VARCHAR(40)', 'DECIMAL(18,2)')[at % 3]}" for at in range(COLUMNS))
    connection = connect(str(warehouse))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {DATABASE} AS PERM = 1e9")
        for number in range(TABLES):
            cursor.execute(f"CREATE MULTISET TABLE {DATABASE}.TABLE_{number} ({columns}) PRIMARY INDEX (COL_0)")
    connection.close()


def _project(folder: Path, warehouse: Path, **settings: object) -> Path:
    """A dbt project, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "models").mkdir(parents=True)
    document = {"name": "shop", "version": "1.0", "profile": "shop", **settings}
    (folder / "dbt_project.yml").write_text(json.dumps(document), encoding="utf-8")
    target = {"type": "dbee", "path": str(warehouse), "schema": DATABASE, "threads": 2}
    profile = {"shop": {"target": "dev", "outputs": {"dev": target}}}
    (folder / "profiles.yml").write_text(json.dumps(profile), encoding="utf-8")
    return folder


def _models(folder: Path) -> list[str]:
    """A model for each table, under its name; none is ever run."""
    names = [f"table_{number}" for number in range(TABLES)]
    for name in names:
        (folder / "models" / f"{name}.sql").write_text("{{ config(materialized='table') }}\nselect 1 as x\n", "utf-8")
    return names


def _ours(folder: Path, warehouse: Path) -> Callable[[], None]:
    _project(folder, warehouse)
    command = [script("dbee-dbt"), "generate-models", "--from", "td:", "--objects", DATABASE]
    return lambda: _run([*command, "--project-dir", folder, "--profiles-dir", folder])


def _osmosis(folder: Path, warehouse: Path) -> Callable[[], None]:
    """Its YAML of models that have none; the option says where it puts it."""
    python = environment("dbt-osmosis")
    _models(_project(folder, warehouse, models={"shop": {"+dbt-osmosis": "_{model}.yml"}}))
    options = ["--project-dir", folder, "--profiles-dir", folder]
    return lambda: _run([python.with_name("dbt-osmosis"), "yaml", "refactor", "--auto-apply", *options])


def _codegen(folder: Path, warehouse: Path, checkout: Path) -> Callable[[], None]:
    names = _models(_project(folder, warehouse))
    package = folder / "dbt_packages" / "codegen"  # as dbt deps would, without the packages that it needs elsewhere
    shutil.copytree(checkout / "macros", package / "macros")
    shutil.copy(checkout / "dbt_project.yml", package)
    (folder / "packages.yml").write_text(json.dumps({"packages": [{"local": str(checkout)}]}), encoding="utf-8")
    arguments = json.dumps({"model_names": names})
    command = [script("dbt"), "--quiet", "run-operation", "generate_model_yaml", "--args", arguments]
    return lambda: _run([*command, "--project-dir", folder, "--profiles-dir", folder])


def _run(command: list[str | Path]) -> None:
    """Run a command.

    Raises:
        SystemExit: it failed, so there is no figure.
    """
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{Path(command[0]).name}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
