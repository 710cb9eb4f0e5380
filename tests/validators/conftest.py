"""The project of all cases and its system, made once for all tests that run on it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stdout
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from dbee_dbt.ddl.script import split_script
from dbee_dbt.emulator import connect
from dbee_dbt.model.errors import DatabaseQueryError
from dbee_dbt.model.findings import Validation
from dbee_dbt.project.validate import validate
from dbee_dbt.session.connect import Row, Session
from dbee_dbt.session.options import ProjectOptions
from tests.validators.cases import ASKED_FOR, all_cases, sent, write_project


class Ran(NamedTuple):
    """How a run-operation ended: what it printed before dbt said that it failed, and the error that ended it."""

    lines: list[str]
    error: str

    @property
    def answer(self) -> dict[str, Any]:
        """What stands behind DBEE."""
        (line,) = [line for line in self.lines if line.startswith("DBEE ")]
        found: dict[str, Any] = json.loads(line.removeprefix("DBEE "))
        return found


RunOperation = Callable[..., Ran]


@pytest.fixture(scope="package")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The project of all cases and the system that its databases lie in."""
    folder = tmp_path_factory.mktemp("cases")
    cases = all_cases()
    write_project(folder, cases)
    with connect(path=str(folder / "system.duckdb")) as connection, connection.cursor() as cursor:
        for case in cases:
            for text in ((folder / f"ddl/{case.key}.sql").read_text(encoding="utf-8"), case.after):
                for statement in split_script(text):
                    cursor.execute(sent(case, statement.text))
    with chdir(folder):
        yield folder


@pytest.fixture(scope="package")
def run_operation(project: Path) -> RunOperation:
    """Runs dbee_validate, or another macro, in dbt, with these arguments and variables; the project is parsed once."""
    from dbt.cli.main import dbtRunner

    assert dbtRunner().invoke(["--quiet", "deps"]).success
    manifest = dbtRunner().invoke(["--quiet", "parse"]).result

    def run(
        args: dict[str, Any] | None = None, variables: dict[str, Any] | None = None, macro: str = "dbee_validate"
    ) -> Ran:
        printed = io.StringIO()
        given = ["--args", json.dumps(args or {}), "--vars", json.dumps(variables or {})]
        with redirect_stdout(printed):
            ran = dbtRunner(manifest=manifest).invoke(["--quiet", "run-operation", macro, *given])
        assert ran.exception is None
        (result,) = ran.result.results
        ours = takewhile(lambda line: "Encountered an error" not in line, printed.getvalue().splitlines())
        return Ran(list(ours), "" if ran.success else str(result.message))

    return run


@pytest.fixture(scope="package")
def in_dbt(run_operation: RunOperation) -> Ran:
    """dbee_validate in dbt, on everything."""
    return run_operation()


@pytest.fixture(scope="package")
def in_bridge(in_dbt: Ran) -> Validation:
    """The same from the command line's side; the rules that read SQL, which dbt leaves to it, are switched off."""
    off = {rule: {"severity": "off"} for rule in in_dbt.answer["elsewhere"]}
    return validate("td:", ProjectOptions(variables={"dbee": {"rules": {**ASKED_FOR, **off}}}))


@pytest.fixture(scope="package")
def reading_sql(in_dbt: Ran) -> Validation:
    """The same with the rules that read SQL."""
    return validate("td:", ProjectOptions())


@pytest.fixture(scope="package")
def denied(in_dbt: Ran) -> Validation:
    """The same for a user who may read only what says which objects and columns there are."""
    asked = Session.rows

    def rows(session: Session, sql: str) -> list[Row]:
        read = re.findall(r"(?:FROM|JOIN) DBC\.(\w+)", sql)
        if sql.startswith("LOCKING") and not set(read) <= {"DatabasesV", "TablesV", "ColumnsV"}:
            code = "[Teradata Database] [Error 3523]"
            raise DatabaseQueryError(
                f"{code} The user does not have SELECT access to DBC.{read[0]}.", teradata_code=3523
            )
        return asked(session, sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "rows", rows)
        return validate("td:", ProjectOptions())


@pytest.fixture(scope="package")
def on_folder(in_dbt: Ran) -> Validation:
    """The same on the folder of DDL."""
    return validate("dir:ddl", ProjectOptions())
