"""Scripts run on a connection, statement by statement, with places in their error messages."""

from __future__ import annotations

import re
from collections.abc import Mapping

import teradatasql
from msgspec import Struct

from dbee_dbt.ddl.script import Statement, split_script
from dbee_dbt.emulator.connection import Connection
from dbee_dbt.model.errors import StatementFailedError, UsageError

_PLACEHOLDER = re.compile(r"\$\{([^{}\r\n]*)\}")


class ScriptRun(Struct, frozen=True):
    """What running a script did: statements, and rows that they inserted, changed or deleted."""

    statements: int
    rows: int


def fill_placeholders(text: str, values: Mapping[str, str], file: str) -> str:
    """The text with each ``${NAME}`` replaced.

    Args:
        text: a script.
        values: by name.
        file: for the message.

    Raises:
        UsageError: a name that has no value.
    """

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise UsageError(
                f"${{{match[1]}}} has no value",
                file=file,
                line=text.count("\n", 0, match.start()) + 1,
                hint=f"Give it with --var {match[1]}=VALUE.",
            )
        return values[match[1]]

    return _PLACEHOLDER.sub(value, text)


def run_script(connection: Connection, text: str, file: str) -> ScriptRun:
    """Run every statement of a script, each as a request of its own, up to the first that fails.

    Args:
        connection: to run on.
        text: the script, without placeholders.
        file: for the message.

    Raises:
        StatementFailedError: a statement failed; the message has its line and the database's text.
    """
    rows, statements = 0, split_script(text)
    with connection.cursor() as cursor:
        for statement in statements:
            if statement.form != "sql":
                raise _failed(statement, file, "a BTEQ command, which the emulator does not run")
            try:
                cursor.execute(statement.text)
            except teradatasql.OperationalError as error:
                raise _failed(statement, file, str(error)) from error
            rows += cursor.rowcount if cursor.activityname in _CHANGES else 0
    return ScriptRun(len(statements), rows)


_CHANGES = ("Insert", "Update", "Delete", "Merge", "Create Table")


def _failed(statement: Statement, file: str, text: str) -> StatementFailedError:
    return StatementFailedError(text, file=file, line=statement.line)
