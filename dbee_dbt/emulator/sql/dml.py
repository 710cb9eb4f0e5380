"""INSERT, UPDATE, DELETE and MERGE."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dbee_dbt.ddl.expressions import dml_syntax as d
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.bind_value import refuse
from dbee_dbt.ddl.expressions.parse import parse_statement
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.emulator.environment import Environment
from dbee_dbt.emulator.errors import EmulatorRefusal
from dbee_dbt.emulator.sql.change import run_delete, run_update
from dbee_dbt.emulator.sql.failures import explained
from dbee_dbt.emulator.sql.insert import run_insert
from dbee_dbt.emulator.sql.merge import run_merge
from dbee_dbt.emulator.sql.parameters import parameter_rows


def run_dml(text: str, env: Environment, rows: Sequence[Sequence[Any]] = ()) -> int:
    """Run one INSERT, UPDATE, DELETE or MERGE.

    Args:
        text: the statement; comments, LOCKING and a trailing semicolon may stand in it.
        env: the emulator.
        rows: parameter rows, bound at once; of anything but INSERT … VALUES at most one.

    Returns:
        the activity count: rows inserted, updated or deleted.

    Raises:
        TeradataError: what Teradata says of it.
        EmulatorRefusal: where a type or a meaning is not known.
    """
    try:
        return _run(parse_statement(text), env, rows)
    except (QueryError, NotKnownError) as problem:
        raise explained(problem) from problem
    except RecursionError as problem:
        raise EmulatorRefusal("a statement nested this deeply") from problem


def _run(statement: d.Statement, env: Environment, rows: Sequence[Sequence[Any]]) -> int:
    refuse(statement.unbound)
    bound = parameter_rows(rows)
    match statement:
        case d.Insert():
            return run_insert(statement, env, bound)
        case _ if len(rows) > 1:
            raise EmulatorRefusal("several parameter rows for anything but INSERT … VALUES")
        case d.Update():
            return run_update(statement, env, bound)
        case d.Delete():
            return run_delete(statement, env, bound)
        case d.Merge():
            return run_merge(statement, env, bound)
        case s.Query():
            raise EmulatorRefusal("a query where a change of rows is expected")
