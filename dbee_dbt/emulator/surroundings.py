"""What queries and DML see of the emulator: relations by name, rows, functions (see ``environment.Environment``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from dbee_dbt.emulator.dictionary.layout import CALENDAR, DBC_VIEWS, DictionaryView
from dbee_dbt.emulator.environment import ForeignKey, Relation, Settings, UniqueColumns
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.indexes import table_indexes
from dbee_dbt.emulator.records import Entry
from dbee_dbt.emulator.sql.storage import storage_type
from dbee_dbt.emulator.statements.sql_functions import sql_function
from dbee_dbt.emulator.store import STORE
from dbee_dbt.emulator.view_catalog import SeeingEnvironment, Seen, SeenCatalog
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Column, Identity, Table, View

if TYPE_CHECKING:
    from dbee_dbt.emulator.engine import Engine
    from dbee_dbt.emulator.options import Options
    from dbee_dbt.emulator.sql.select import Compiled
    from dbee_dbt.emulator.system import System
    from dbee_dbt.emulator.transaction import Transaction


class Owner(Protocol):
    """What the environment needs of its session; see ``session.Session``."""

    engine: Engine
    system: System
    transaction: Transaction
    options: Options
    database: str
    volatile: dict[str, Entry]

    @property
    def settings(self) -> Settings: ...
    def entry(self, database: str | None, name: str) -> Entry | None: ...
    def replace(self, entry: Entry) -> None: ...
    def view_columns(self, entry: Entry) -> tuple[Column, ...]: ...


class Surroundings:
    """The environment of one session's queries.

    Attributes:
        temporary: ids of temporary tables that have rows in this session.
    """

    def __init__(self, session: Owner) -> None:
        self._session = session
        self._relations: dict[int, tuple[Entry, bool, Relation]] = {}
        self.temporary: frozenset[int] = frozenset()

    @property
    def settings(self) -> Settings:
        return self._session.settings

    def relation(self, database: str | None, name: str) -> Relation:
        """The table or view of this name.

        Raises:
            TeradataError: 3802, 3807; 9719 for a view that needs QVCI while it is off.
            EmulatorRefusal: an object that rows cannot be read from here.
        """
        where = fold(database or self._session.database)
        if where == "DBC" and fold(name) in DBC_VIEWS:
            return self._dictionary("DBC", DBC_VIEWS[fold(name)])
        if where == "SYS_CALENDAR" and fold(name) == "CALENDAR":
            return self._dictionary("Sys_Calendar", CALENDAR)
        entry = self._session.entry(database, name)
        if entry is not None:
            return self.relation_of(entry)
        if where in ("DBC", "SYS_CALENDAR"):
            raise EmulatorRefusal(f"{where}.{name}, a dictionary table or view")
        raise failure(3807, f"{database}.{name}" if database else name)

    def relation_of(self, entry: Entry) -> Relation:
        """The relation of an object's entry."""
        if isinstance(entry.found, View):
            return self._view(entry, entry.found)
        if not isinstance(entry.found, Table):
            raise EmulatorRefusal(f"rows of a {entry.found.kind}")
        stored = self.has_rows(entry)
        known = self._relations.get(entry.id)
        if known is None or known[0] is not entry or known[1] != stored:
            relation = self._table(entry, entry.found, stored)
            self._relations[entry.id] = known = (entry, stored, relation)
        return known[2]

    def function(self, database: str | None, name: str) -> object | None:
        """What a SQL function of this name computes, or None; ``SYSLIB`` is searched after the database."""
        for where in (database,) if database else (self._session.database, "SYSLIB"):
            entry = self._session.system.entry(where, name)
            if entry is not None and (found := sql_function(entry.found)) is not None:
                return found
        return None

    def referencing(self, relation: Relation) -> tuple[ForeignKey, ...]:
        """The foreign keys of any table that refer to this one."""
        wanted = (fold(relation.database), fold(relation.name))
        children = self._session.system.referencing(*wanted)
        keys = (key for child in children if isinstance(child.found, Table) for key in foreign_keys(child.found))
        return tuple(key for key in keys if (fold(key.parent[0]), fold(key.parent[1])) == wanted)

    def execute(self, duckdb_sql: str, parameters: Sequence[Any] = ()) -> Any:
        """Run one DuckDB statement in the session's transaction."""
        return self._session.transaction.execute(duckdb_sql, parameters)

    def compile_view(self, query: str) -> tuple[Compiled, Seen]:
        """A view's query, and the columns that its tables and views have now."""
        from dbee_dbt.emulator.sql.select import compile_inner_query

        seeing = SeeingEnvironment(self)
        return compile_inner_query(query, seeing), seeing.seen

    def compile(self, query: str, parameters: Sequence[Any] = ()) -> Compiled:
        """A query as DuckDB SQL, with its columns."""
        from dbee_dbt.emulator.sql.select import compile_query

        return compile_query(query, self, parameters)

    def change_rows(self, statement: str, rows: Sequence[Sequence[Any]] = ()) -> int:
        """Run INSERT, UPDATE, DELETE or MERGE; how many rows it touched."""
        from dbee_dbt.emulator.sql.dml import run_dml

        return int(run_dml(statement, self, list(rows)))

    def writable(self, relation: Relation) -> str:
        """The DuckDB table of the relation's rows, made now if there was no row yet."""
        entry = self._session.entry(relation.database, relation.name)
        if entry is None or not isinstance(entry.found, Table):
            raise failure(3807, f"{relation.database}.{relation.name}")
        return self.make_rows(entry, entry.found)

    def make_rows(self, entry: Entry, table: Table) -> str:
        """The DuckDB table of a table's rows, made if it does not exist."""
        name = row_table(entry, table)
        if not self.has_rows(entry):
            fields = ", ".join(f"{quoted(column.name)} {_storage(column)}" for column in table.columns)
            self.execute(f"CREATE {'TEMP ' if table.temporary else ''}TABLE {name} ({fields})")
            if table.temporary:
                self.temporary |= {entry.id}
            else:
                self._session.transaction.stored.add(entry.id)
                self._session.transaction.dropped.discard(entry.id)
        return name

    def drop_rows(self, entry: Entry) -> None:
        """Drop the DuckDB table of a table's rows, if there is one."""
        if isinstance(entry.found, Table) and self.has_rows(entry):
            self.execute(f"DROP TABLE {row_table(entry, entry.found)}")
            self.temporary -= {entry.id}
            self._session.transaction.stored.discard(entry.id)
            self._session.transaction.dropped.add(entry.id)

    def count_rows(self, entry: Entry) -> int:
        """How many rows a table has."""
        if not isinstance(entry.found, Table) or not self.has_rows(entry):
            return 0
        (count,) = self.execute(f"SELECT count(*) FROM {row_table(entry, entry.found)}").fetchone()
        return int(count)

    def reserve_identity(self, relation: Relation, column: str, count: int) -> int:
        """Take this many numbers of an identity column; the first of them.

        Raises:
            TeradataError: 7545, the numbers are used up.
            EmulatorRefusal: likewise, where the column would begin again.
        """
        import msgspec

        entry = self._session.entry(relation.database, relation.name)
        assert entry is not None
        identity = next(c.identity for c in relation.columns if fold(c.name) == fold(column))
        assert identity is not None
        step = 1 if identity.increment is None else identity.increment
        first = entry.identity_next
        if first is None:
            first = 1 if identity.start is None else identity.start
        _check_identity(relation, column, identity, first + (count - 1) * step)
        self._session.replace(msgspec.structs.replace(entry, identity_next=first + count * step))
        return first

    def empty_temporary_tables(self) -> None:
        """What a transaction's end does to temporary tables that do not keep their rows."""
        for entry in [*self._session.volatile.values(), *self._materialized()]:
            if isinstance(entry.found, Table) and entry.found.on_commit != "PRESERVE" and self.has_rows(entry):
                self.execute(f"DELETE FROM {row_table(entry, entry.found)}")

    def _materialized(self) -> list[Entry]:
        if not self.temporary:
            return []
        return [entry for entry in self._session.system.of(Entry) if entry.id in self.temporary]

    def has_rows(self, entry: Entry) -> bool:
        """True if the table has a DuckDB table, which it gets with its first row."""
        if isinstance(entry.found, Table) and entry.found.temporary:
            return entry.id in self.temporary
        return self._session.transaction.is_stored(entry.id)

    def _table(self, entry: Entry, table: Table, stored: bool) -> Relation:
        uniques = tuple(
            UniqueColumns(index.columns, index.number == 1)
            for index in table_indexes(table, entry.index_numbers)
            if index.unique
        )
        checks = [check.expression for check in table.constraints if check.expression]
        checks += [check for column in table.columns for check in column.checks]
        return Relation(
            database=table.database,
            name=table.name,
            columns=table.columns,
            source=row_table(entry, table) if stored else _no_rows(table.columns),
            set_kind=table.set_kind or "MULTISET",
            uniques=uniques,
            checks=tuple(checks),
            partitioning=table.partitioning,
            foreign_keys=foreign_keys(table),
            periods=tuple((period.start, period.end) for period in table.periods),
            primary_key=next((c.columns for c in table.constraints if c.kind == "primary key"), ()),
        )

    def _view(self, entry: Entry, view: View) -> Relation:
        return Relation(
            database=view.database,
            name=view.name,
            columns=view.columns,
            query=entry.query,
            query_database=entry.default_database,
            lookup=SeenCatalog(self, entry.seen),
        )

    def _dictionary(self, database: str, view: DictionaryView) -> Relation:
        if view.qvci and not self._session.options.qvci:
            raise failure(9719)
        tables = self._session.engine.dictionary
        return Relation(
            database=database,
            name=view.name,
            columns=view.columns,
            source=tables.source(view, self._session.view_columns),
            unfilled=view.unfilled,
        )


def foreign_keys(table: Table) -> tuple[ForeignKey, ...]:
    """The references that are checked: all but those WITH NO CHECK OPTION (docs/teradata/ddl.md §2.1)."""
    return tuple(
        ForeignKey((table.database, table.name), one.columns, one.parent, one.parent_columns)
        for one in table.constraints
        if one.parent is not None and one.check_option is not False
    )


def _check_identity(relation: Relation, column: str, identity: Identity, last: int) -> None:
    """Refuse a number behind the limit of an identity column."""
    step = 1 if identity.increment is None else identity.increment
    limit = identity.maximum if step > 0 else identity.minimum
    if limit is None or (last <= limit if step > 0 else last >= limit):
        return
    if identity.cycle:
        raise EmulatorRefusal(f"an identity column that begins again: {relation.name}.{column}")
    raise failure(7545, f"{relation.name}.{column}")


def row_table(entry: Entry, table: Table) -> str:
    """The DuckDB table of a table's rows: named by its id; a temporary table's belongs to the session."""
    return f'temp.main."t{entry.id}"' if table.temporary else f'{STORE}.main."t{entry.id}"'


def quoted(name: str) -> str:
    """A name in DuckDB SQL."""
    return '"' + name.replace('"', '""') + '"'


def _storage(column: Column) -> str:
    assert column.type is not None
    return storage_type(column.type)


def _no_rows(columns: Sequence[Column]) -> str:
    fields = ", ".join(f"CAST(NULL AS {_storage(column)}) AS {quoted(column.name)}" for column in columns)
    return f"(SELECT {fields} WHERE false)"
