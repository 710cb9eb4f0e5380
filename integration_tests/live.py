"""The system that the acceptance scenarios run on: a real Teradata or the emulator, named by DBEE_LIVE_* variables.

========================  ==========================================================================
DBEE_LIVE_HOST            a host, or ``emulator:PATH``
DBEE_LIVE_USER            user name
DBEE_LIVE_PASSWORD        password; only ever read from the environment, by dbt too
DBEE_LIVE_PARENT          a database that exists; everything is created under it
DBEE_LIVE_PREFIX          what the name of every database that is created begins with
========================  ==========================================================================

Only what a run made and wrote down beforehand is dropped again, and a run refuses where the prefix exists.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from dbee_dbt.ddl.lexer import significant, tokenize
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.script import split_script
from dbee_dbt.ddl.statements import (
    AlterTable,
    CollectStatistics,
    CommentOn,
    CreateCode,
    CreateDatabase,
    CreateIndex,
    CreateTable,
    CreateTableAs,
    CreateView,
    Dml,
    DropObject,
)
from dbee_dbt.model.names import fold, identifier

EMULATOR = "emulator:"


class Place(Struct, frozen=True):
    """Where to run, as the environment says."""

    host: str
    user: str
    password: str
    parent: str
    prefix: str

    @classmethod
    def of_environment(cls) -> Place:
        """Read the variables.

        Raises:
            KeyError: one is missing.
        """
        names = ("HOST", "USER", "PASSWORD", "PARENT", "PREFIX")
        return cls(*(os.environ[f"DBEE_LIVE_{name}"] for name in names))

    @property
    def emulator(self) -> str | None:
        """The emulator's file, or None for a real system."""
        return self.host.removeprefix(EMULATOR) if self.host.startswith(EMULATOR) else None

    @property
    def profile(self) -> str:
        """profiles.yml of the scenarios; the password stays in the environment."""
        target = (
            {"type": "dbee", "path": self.emulator, "user": self.user}
            if self.emulator
            else {"type": "teradata", "host": self.host, "user": self.user, "tmode": "ANSI"}
        )
        lines = [f"      {key}: {value!r}" for key, value in target.items()]
        lines += [f"      schema: {self.prefix + 'DBT'!r}", "      password: \"{{ env_var('DBEE_LIVE_PASSWORD') }}\""]
        return "live:\n  target: live\n  outputs:\n    live:\n" + "\n".join(lines) + "\n"


class LiveSystem:
    """A system in which a run makes databases of its own, and drops them.

    Args:
        place: where.
        record: file in which every database is written down before it is made.
    """

    def __init__(self, place: Place, record: Path) -> None:
        self.place = place
        self._record = record
        self._made: list[str] = []

    def refuse_if_in_use(self) -> None:
        """Make sure that nobody has databases with the prefix.

        Raises:
            RuntimeError: there are some; nothing was touched.
        """
        found = self.rows(
            f"SELECT TRIM(DatabaseName) AS name FROM DBC.DatabasesV "
            f"WHERE SUBSTRING(DatabaseName FROM 1 FOR {len(self.place.prefix)}) = "
            f"{_literal(self.place.prefix)} (NOT CASESPECIFIC)"
        )
        if found:
            raise RuntimeError(f"{found[0][0]} exists already: choose another DBEE_LIVE_PREFIX")

    def run(self, script: str) -> None:
        """Run a script, one statement a request; its databases go under the parent and are written down.

        Raises:
            RuntimeError: a statement would change something in a database without the prefix.
        """
        for statement in split_script(script):
            self._execute([self._placed(statement.text)])

    def rows(self, query: str) -> list[Any]:
        """The rows of a query."""
        return self._execute([query])

    def create_database(self, name: str) -> None:
        """Make a database under the parent."""
        self.run(f"CREATE DATABASE {identifier(name)} AS PERM = 100e6, SPOOL = 100e6")

    def drop_all(self) -> None:
        """Drop what this run made, last made first, and nothing else."""
        while self._made:
            name = self._made.pop()
            self._execute([f"DELETE DATABASE {identifier(name)} ALL", f"DROP DATABASE {identifier(name)}"])
        self._record.unlink(missing_ok=True)

    def _placed(self, statement: str) -> str:
        """The statement, if it stays in databases with the prefix; a new database is put under the parent."""
        name = touched_database(statement)
        if name is None or not fold(name).startswith(fold(self.place.prefix)):
            raise RuntimeError(f"{name or statement.split(maxsplit=1)[0]} does not begin with {self.place.prefix}")
        if not isinstance(read_statement(statement), CreateDatabase):
            return statement
        self._made.append(name)
        self._record.parent.mkdir(parents=True, exist_ok=True)
        self._record.write_text("\n".join(self._made) + "\n", encoding="utf-8")
        end = significant(tokenize(statement))[2].end
        return f"{statement[:end]} FROM {identifier(self.place.parent)}{statement[end:]}"

    def _execute(self, statements: list[str]) -> list[Any]:
        with self._connection() as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        """A connection for a moment: the emulator's file can be used by one process at a time."""
        if self.place.emulator:
            from dbee_dbt.emulator import connect

            connection = connect(self.place.emulator, user=self.place.user)
        else:
            import teradatasql

            connection = teradatasql.connect(
                host=self.place.host, user=self.place.user, password=self.place.password, tmode="ANSI"
            )
        try:
            yield connection
        finally:
            connection.close()


def touched_database(statement: str) -> str | None:
    """The database that a statement of a scenario changes something in, or None where that is not known."""
    match read_statement(statement):
        case CreateDatabase(database):
            return database.name
        case CreateTable(table=made) | CreateTableAs(table=made) | CreateView(view=made) | CreateCode(object=made):
            return made.database
        case CommentOn(kind="database", name=name):
            return name
        case CommentOn() | CreateIndex() | AlterTable() | DropObject() | CollectStatistics() as changed:
            return changed.database
        case Dml(verb="INSERT" | "DELETE" | "UPDATE"):
            names = [token.text for token in significant(tokenize(statement)) if token.kind != "comment"][1:]
            return next(name for name in names if name.upper() not in ("INTO", "FROM"))
    return None


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
