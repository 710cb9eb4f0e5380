"""The rules as a hook at the end of a run: only what ran is checked."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from pathlib import Path

import pytest

from dbee_dbt.bridge.package_root import dbt_package_root
from tests.catalogs.systems import system
from tests.runs.shop import is_shown

pytestmark = pytest.mark.dbt

PROJECT = """\
name: shop
version: '1.0'
profile: shop
flags: {send_anonymous_usage_stats: false}
models: {+materialized: table}
on-run-end: "{% do dbee_dbt.dbee_validate_run(selected_resources, fail_on='warn') %}"
"""
MODELS = """\
models:
  - name: good
    columns: [{name: a, data_type: integer, data_tests: [not_null]}]
  - name: bad
    columns: [{name: a, data_type: date}]
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two models; what `bad` declares is not what its query gives."""
    from dbt.cli.main import dbtRunner

    folder = tmp_path_factory.mktemp("on_run_end")
    for path, text in {
        "dbt_project.yml": PROJECT,
        "profiles.yml": "shop: {target: dev, outputs: {dev: {type: dbee, path: system.duckdb, schema: SHOP}}}\n",
        "packages.yml": f"packages: [{{local: '{dbt_package_root().as_posix()}'}}]\n",
        "models/models.yml": MODELS,
        "models/good.sql": "select cast(1 as integer) as a",
        "models/bad.sql": "select 1 as a",
    }.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    system("CREATE DATABASE SHOP AS PERM = 1e6", path=str(folder / "system.duckdb")).close()
    with chdir(folder):
        assert dbtRunner().invoke(["--quiet", "deps"]).success
        yield folder


def dbt(*arguments: str) -> tuple[bool, str]:
    """Whether dbt succeeded, and what it printed."""
    from dbt.cli.main import dbtRunner

    printed = io.StringIO()
    with redirect_stdout(printed):
        done = dbtRunner().invoke([*arguments])
    return done.success, printed.getvalue()


def test_what_ran_is_checked_and_nothing_else(project: Path) -> None:
    passed, said = dbt("run", "--select", "good")
    assert "no findings (1 node, 1 column, " in said
    assert "bad" not in said
    assert passed


def test_a_finding_fails_the_run(project: Path) -> None:
    passed, said = dbt("run", "--select", "bad")
    lines = said.splitlines()
    at = lines.index("SHOP.bad  model.shop.bad")
    assert is_shown("\n".join(lines[at : at + 3])), lines
    assert "dbee_validate: 1 error (1 node, 1 column, " in said
    assert not passed


def test_a_run_of_tests_alone_builds_nothing_and_passes(project: Path) -> None:
    passed, said = dbt("test", "--select", "good")
    assert "dbee_validate: nothing that ran stands for a table or view" in said
    assert passed
