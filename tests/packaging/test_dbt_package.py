"""The dbt package installed by a user through packages.yml brings macros and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dbee_dbt.bridge.package_root import dbt_package_root

pytestmark = [pytest.mark.packaging, pytest.mark.dbt]

MACRO_FOLDERS = ("macros", "validators", "generators")
# Each would stop dbt, or show in the manifest, if dbt read it.
HOSTILE = {
    "hostile.sql": "{% macro hostile() %}{% endmacro %} {{ exceptions.raise_compiler_error('hostile') }}",
    "hostile.yml": "models: [hostile\n  : ]: {",
    "hostile.csv": 'id,"hostile\n1',
    "hostile.py": "def model(dbt, session): raise RuntimeError('hostile')",
    "hostile.md": "{% docs hostile %}",
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the dbt package's tree, with hostile files in every folder but those of the macros."""
    root = tmp_path_factory.mktemp("package") / "dbee-dbt"
    shutil.copytree(dbt_package_root(), root, symlinks=True, ignore=_machinery)
    for folder in (root, *_folders(root)):
        for name, text in HOSTILE.items():
            (folder / name).write_text(text, encoding="utf-8")
    return root


def _machinery(folder: str, names: list[str]) -> list[str]:
    """Hidden folders and what tools leave behind (a built project links back to this folder)."""
    return [name for name in names if name.startswith(".") or name in ("__pycache__", "build", "dbt_packages", "logs")]


def _folders(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        if path.is_dir() and path.relative_to(root).parts[0] not in MACRO_FOLDERS:
            yield path
    for name in ("models", "seeds", "snapshots", "analyses", "tests", "functions", "data"):
        yield _made(root / name)


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def project(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's project that installs the package."""
    folder = tmp_path_factory.mktemp("project")
    files = {
        "dbt_project.yml": "name: shop\nprofile: shop\nversion: 1.0\nflags: {send_anonymous_usage_stats: false}\n",
        "packages.yml": f"packages:\n  - local: {json.dumps(str(package))}\n",
        "profiles.yml": "shop:\n  target: dev\n  outputs:\n    dev: {type: dbee, path: shop.duckdb, schema: shop}\n",
        "models/one.sql": "select 1 as one",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def manifest(project: Path):
    """What dbt reads of the project after `dbt deps`."""
    from dbt.cli.main import dbtRunner

    place = ["--project-dir", str(project), "--profiles-dir", str(project)]
    for command in ("deps", "parse"):
        result = dbtRunner().invoke([command, *place])
        assert result.success, result.exception
    return result.result


def test_dbt_reads_only_the_macro_folders_of_the_package(manifest):
    ours = [macro for macro in manifest.macros.values() if macro.package_name == "dbee_dbt"]
    assert ours
    assert {Path(macro.original_file_path).parts[0] for macro in ours} <= set(MACRO_FOLDERS)


def test_nothing_but_macros_comes_with_the_package(manifest):
    brought = {**manifest.nodes, **manifest.sources, **manifest.exposures, **manifest.docs, **manifest.disabled}
    assert [key for key, node in brought.items() if getattr(node, "package_name", None) == "dbee_dbt"] == []
    assert not [macro for macro in manifest.macros if "hostile" in macro]


def test_the_entry_points_are_there(manifest):
    names = {macro.name for macro in manifest.macros.values() if macro.package_name == "dbee_dbt"}
    assert {"dbee_validate", "dbee_generate_models"} <= names
