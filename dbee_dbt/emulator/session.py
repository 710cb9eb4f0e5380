"""One session: who is logged on, what is set, and the running of requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeVar

from dbee_dbt.ddl.script import Statement, split_script
from dbee_dbt.emulator.engine import Engine, unusable
from dbee_dbt.emulator.environment import Settings
from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError, failure
from dbee_dbt.emulator.options import Options
from dbee_dbt.emulator.records import Entry
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.sql.failures import explained
from dbee_dbt.emulator.statements.column_types import case_of
from dbee_dbt.emulator.statements.handler import FindHandler, Handler
from dbee_dbt.emulator.surroundings import Surroundings
from dbee_dbt.emulator.transaction import Mark, Transaction
from dbee_dbt.model.names import fold, qualified
from dbee_dbt.model.objects import Column, Table

_T = TypeVar("_T")
_DEEPEST_MACRO = 16


class Planned(NamedTuple):
    """A statement of a request, or of a macro in it, with what will run it.

    Attributes:
        rows: of values that are bound to its markers.
        database: default database of a macro's statement; None for one of the request itself.
    """

    statement: Statement
    meaning: Any
    handler: Handler
    rows: Sequence[Sequence[Any]]
    database: str | None = None


class Start(NamedTuple):
    """How things stood when a request began."""

    mark: Mark
    volatile: dict[str, Entry]
    temporary: frozenset[int]


class Session:
    """A session of one user.

    Args:
        engine: of the system.
        options: of the connection.
        find_handler: tells what a statement says and what runs it.

    Attributes:
        number: the session's number.
        mode: ``ANSI`` or ``TERA``.
        database: the default database.
        autocommit: whether each request outside an explicit transaction ends with a commit.
        volatile: volatile tables of the session by folded name.
        query_band: of the session and of the transaction.
        now: the time of the request that runs.

    Raises:
        TeradataError: 3802, the default database does not exist.
    """

    def __init__(self, engine: Engine, options: Options, find_handler: FindHandler) -> None:
        self._find_handler = find_handler
        self.engine = engine
        self.options = options
        self.system = engine.system
        self.number = engine.next_session()
        self.mode: Literal["ANSI", "TERA"] = options.tmode
        self.dateform = options.dateform
        self.autocommit = True
        self.volatile: dict[str, Entry] = {}
        self.query_band: dict[Literal["session", "transaction"], str] = {"session": "", "transaction": ""}
        self.transaction = Transaction(engine, self.mode)
        self.logon = options.now()
        self.now = self.logon
        self.request_text = ""
        self._single = True
        self.user = options.user
        self.database = self.system.required_database(options.database or options.user).found.name
        self.surroundings = Surroundings(self)
        self._committed = self.volatile, self.surroundings.temporary

    @property
    def settings(self) -> Settings:
        """What a query sees of the session."""
        return Settings(
            mode=self.mode,
            user=self.user,
            database=self.database,
            now=self.now,
            charset=self.options.charset,
            dateform=self.dateform,
            max_decimal=self.options.max_decimal,
            session=self.number,
        )

    @property
    def stamp_time(self) -> str:
        """The request's time as the dictionary writes it."""
        return _dictionary_time(self.now)

    def request(self, text: str, rows: Sequence[Sequence[Any]]) -> list[Result]:
        """Run one request, which may hold several statements.

        Args:
            text: SQL without escape functions.
            rows: parameter rows; empty where nothing is bound.

        Raises:
            TeradataError, EmulatorRefusal: what failed; the request, or the transaction, is taken back.
            EngineError: the file cannot be written.
        """
        with self.engine.lock:
            self.now = self.options.now()
            self.request_text = text
            start = Start(self.transaction.mark(), self.volatile, self.surroundings.temporary)
            try:
                with self.system.recording(self.transaction.undo):
                    results = self._guarded(lambda: self._run(text, rows))
                self._guarded(self._succeeded)
            except BaseException as error:
                self._failed(start, error)
                raise
            return results

    def _run(self, text: str, rows: Sequence[Sequence[Any]]) -> list[Result]:
        for fault in self.options.faults:
            fault.strike(text)
        statements = split_script(text)
        self._single = len(statements) == 1
        planned = [step for statement in statements for step in self._plan(statement, rows)]
        self._check_order(planned)
        if not self.autocommit:
            self.transaction.explicit = True
        return [result for step in planned for result in self._one(step)] or [Result(activity="Null")]

    def _plan(self, statement: Statement, rows: Sequence[Sequence[Any]], depth: int = 0) -> Iterator[Planned]:
        """The steps of a statement: itself, or those of the macro that it executes."""
        if statement.form != "sql":
            raise failure(3706, "expected something between the beginning of the request and the end of the request.")
        meaning, handler = self._find_handler(statement)
        if isinstance(handler, Handler):
            yield Planned(statement, meaning, handler, rows)
            return
        if depth == _DEEPEST_MACRO:
            raise EmulatorRefusal(f"macros in more than {depth} levels")
        for step in handler.expand(self, meaning, rows):
            for planned in self._plan(step.statement, step.rows, depth + 1):
                yield planned if planned.database else planned._replace(database=step.database)

    def _check_order(self, planned: Sequence[Planned]) -> None:
        """A DDL statement is the last of its request."""
        if any(step.handler.ddl for step in planned[:-1]):
            raise failure(3722 if self.mode == "ANSI" else 3932)

    def _one(self, step: Planned) -> list[Result]:
        if not step.handler.ends:
            self.transaction.check_legal()
        if step.handler.ddl and step.rows:
            raise failure(3585)
        if step.database is None:
            result = step.handler.run(self, step.meaning, step.statement, step.rows)
        else:
            result = self._one_of_macro(step, step.database)
        if step.handler.ddl:
            self.transaction.after_ddl = True
        return result if isinstance(result, list) else [result]

    def _one_of_macro(self, step: Planned, database: str) -> Result | list[Result]:
        """Run a statement of a macro: in its default database, and as if it were the request."""
        own, self.request_text, self._single = (
            (self.database, self.request_text, self._single),
            step.statement.text,
            True,
        )
        self.database = self.system.required_database(database).found.name
        try:
            return step.handler.run(self, step.meaning, step.statement, step.rows)
        finally:
            self.database, self.request_text, self._single = own

    def _guarded(self, run: Callable[[], _T]) -> _T:
        """Run something; what DuckDB raises becomes Teradata's error or the emulator's own."""
        import duckdb

        try:
            return run()
        except duckdb.TransactionException as error:
            if "conflict" in str(error).lower():
                raise TeradataError(2631, "Transaction ABORTed due to deadlock.") from error
            raise unusable(self.engine.path, error) from error
        except (duckdb.IOException, duckdb.FatalException) as error:
            raise unusable(self.engine.path, error) from error
        except duckdb.Error as error:
            raise explained(error) from error

    def _succeeded(self) -> None:
        if not self.transaction.explicit:
            self.commit()

    def _failed(self, start: Start, error: BaseException) -> None:
        """Take the request back, or the whole transaction, also when it was interrupted."""
        gone = isinstance(error, TeradataError) and error.code in (2631, 3514)
        if self.mode == "ANSI" and self.transaction.explicit and not gone:
            self.transaction.rollback_request(start.mark)
            self.volatile, self.surroundings.temporary = start.volatile, start.temporary
        else:
            self.rollback()

    def end_transaction(self) -> None:
        """Commit; if that fails, everything is taken back.

        Raises:
            TeradataError, EngineError: why it failed.
        """
        with self.engine.lock:
            try:
                self._guarded(self.commit)
            except BaseException:
                self.rollback()
                raise

    def commit(self) -> None:
        """End the transaction; temporary tables that do not keep their rows lose them."""
        self.surroundings.empty_temporary_tables()
        self.transaction.commit()
        self._committed = self.volatile, self.surroundings.temporary
        self.query_band["transaction"] = ""

    def rollback(self) -> None:
        """End the transaction and take back what it did."""
        self.transaction.rollback()
        self.volatile, self.surroundings.temporary = self._committed
        self.query_band["transaction"] = ""

    def view_columns(self, entry: Entry) -> tuple[Column, ...]:
        """The columns of a view with their types, as its query gives them now."""
        relation = self.surroundings.relation_of(entry)
        names = [column.name for column in relation.columns]
        outputs = self.surroundings.compile(f"SELECT * FROM {qualified(relation.database, relation.name)}").columns
        return tuple(
            Column(name=name, type=one.type, nullable=one.nullable, case_specific=case_of(one.type, one.case_specific))
            for name, one in zip(names, outputs, strict=True)
        )

    def close(self) -> None:
        """Log off: an open transaction is taken back, volatile tables go."""
        with self.engine.lock:
            self.rollback()
            self.volatile.clear()
            self.transaction.cursor.close()

    def replace(self, entry: Entry) -> None:
        """Add an object, or put another state of it in its place."""
        found = entry.found
        if isinstance(found, Table) and found.temporary == "VOLATILE":
            self.volatile = {**self.volatile, fold(found.name): entry}
        else:
            self.system.put(entry)

    def forget_volatile(self, name: str) -> None:
        """A volatile table goes."""
        self.volatile = {key: entry for key, entry in self.volatile.items() if key != fold(name)}

    def source_text(self, statement: Statement) -> str:
        """The text that is kept of an object: the request as submitted, or its statement where there are several."""
        return self.request_text if self._single else statement.text

    def entry(self, database: str | None, name: str) -> Entry | None:
        """The object of this name as the session sees it, volatile tables first.

        Raises:
            TeradataError: 3802, the database does not exist.
        """
        where = database or self.database
        if fold(where) == fold(self.user) and (found := self.volatile.get(fold(name))):
            return found
        if database is None and (found := self.volatile.get(fold(name))):
            return found
        self.system.required_database(where)
        return self.system.entry(where, name)


def _dictionary_time(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
