"""Arguments of the run-operations that cannot be used, and what they say of a system with hostile names."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stdout
from pathlib import Path

import pytest

from dbee_dbt.bridge.package_root import dbt_package_root
from tests.catalogs.systems import system

pytestmark = pytest.mark.dbt
Operation = Callable[[str, str], str]

PROFILE = "shop: {target: dev, outputs: {dev: {type: dbee, path: system.duckdb, schema: SALES}}}\n"
FILES = {
    "dbt_project.yml": "name: shop\nversion: '1.0'\nprofile: shop\n",
    "profiles.yml": PROFILE,
    "packages.yml": f"packages:\n  - local: {dbt_package_root().as_posix()}\n",
    "models/sources.yml": "sources: [{name: s, schema: SALES, tables: [{name: T}]}]\n",
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operation]:
    """Runs an operation with arguments that it cannot use; what dbt says first of its failure."""
    from dbt.cli.main import dbtRunner

    folder: Path = tmp_path_factory.mktemp("operations")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    statements = ('CREATE DATABASE "a\u202eb\nc" AS PERM = 1', "CREATE DATABASE SALES AS PERM = 1")
    system(*statements, path=str(folder / "system.duckdb")).close()

    def run(macro: str, arguments: str) -> str:
        with redirect_stdout(io.StringIO()):
            ran = dbtRunner(manifest=manifest).invoke(["--quiet", "run-operation", macro, "--args", arguments])
        assert not ran.success and ran.exception is None
        return str(ran.result.results[0].message).split("\n")[1].strip()

    with chdir(folder):
        assert dbtRunner().invoke(["--quiet", "deps"]).success
        manifest = dbtRunner().invoke(["--quiet", "parse"]).result
        yield run


@pytest.mark.parametrize(
    ("macro", "arguments", "said"),
    [
        ("dbee_validate", "{select: 5}", "dbee_validate: select must be a text or a list of texts, not 5"),
        ("dbee_validate", "{select: [1]}", "dbee_validate: select must be a text or a list of texts, not [1]"),
        (
            "dbee_validate",
            "{select: {a: b}}",
            "dbee_validate: select must be a text or a list of texts, not {'a': 'b'}",
        ),
        ("dbee_validate", "{select: nope}", "dbee_validate: nothing matches nope"),
        ("dbee_validate", "{fail_on: [a]}", "dbee_validate: fail_on must be error or warn, not ['a']"),
        ("dbee_validate", "{nope: 1}", "macro 'dbt_macro__dbee_validate' takes no keyword argument 'nope'"),
        ("dbee_generate_models", "{}", "dbee_generate_models needs objects: --args '{objects: \"RETAIL_*\"}'"),
        (
            "dbee_generate_models",
            "{objects: 5}",
            "dbee_generate_models: objects must be a text or a list of texts, not 5",
        ),
        (
            "dbee_generate_models",
            "{objects: SALES, exclude_objects: [5]}",
            "dbee_generate_models: exclude_objects must be a text or a list of texts, not [5]",
        ),
        ("dbee_generate_models", "{objects: SALES, prefix: 5}", "generate-models: prefix must be a text, not 5"),
        ("dbee_generate_models", "{objects: SALES, into: 5}", "generate-models: into must be a text, not 5"),
        (
            "dbee_generate_models",
            "{objects: SALES, case: 5}",
            "generate-models: case must be keep or lower or upper, not 5",
        ),
    ],
)
def test_arguments_that_have_another_form(refused: Operation, macro: str, arguments: str, said: str) -> None:
    assert refused(macro, arguments) == said


def test_a_name_that_is_not_there_shows_what_is_on_one_line(refused: Operation) -> None:
    said = refused("dbee_generate_models", "{objects: NOPE}")
    assert said.startswith(r"no object matches; the databases are a\u202eb\nc, ") and said.isprintable()
