"""Scripts of DDL to objects: statements run in order, and what follows an object goes onto it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.ddl.alter_table.apply import altered, with_indexes, without_index
from dbee_dbt.ddl.apply_clauses import altered_object, with_options
from dbee_dbt.ddl.counted import BTEQ, RUN, SHELL, counted_kind
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.script import Statement, iter_script
from dbee_dbt.ddl.statements import (
    AlterObject,
    AlterTable,
    CollectStatistics,
    CommentOn,
    CreateCode,
    CreateDatabase,
    CreateDefinition,
    CreateHashIndex,
    CreateIndex,
    CreateJoinIndex,
    CreateTable,
    CreateTableAs,
    CreateView,
    DeleteDatabase,
    DropIndex,
    DropObject,
    Give,
    ModifyDatabase,
    ModifyProfile,
    RenameObject,
    SetDatabase,
    StatementAst,
)
from dbee_dbt.model.catalog import Refusal
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import fold, qualified
from dbee_dbt.model.objects import (
    CatalogObject,
    Column,
    Database,
    Definition,
    ObjectKey,
    Origin,
    Table,
    View,
    shown_name,
)

# Kinds of objects of which a database has one of a name (DBC.TVM; docs/teradata/dictionary.md).
_SHARED = ("table", "view", "macro", "procedure", "trigger", "join index", "hash index", "foreign table")
_LIES_IN_NO_DATABASE = frozenset({"database", "user", "role", "profile", "map", "zone", "constraint"})
_Defining = (
    CreateTable
    | CreateTableAs
    | CreateView
    | CreateCode
    | CreateDefinition
    | CreateDatabase
    | CreateJoinIndex
    | CreateHashIndex
)

_VOLATILE = "volatile table"
_ON_VOLATILE = "statement on a volatile table"
_COMPILED_FILE = re.compile(r"\.COMPILE\s+FILE\s*=?\s*['\"]?(?:[^\s'\"]*[/\\])?([^\s'\"/\\;]+)", re.IGNORECASE)


class Assembled(Struct, frozen=True, kw_only=True):
    """What scripts define. Every statement is one that was applied, counted or refused.

    Args:
        objects: in order of their definition; what is defined a second time is refused.
        applied: how many statements define or change the objects.
        counted: by kind, the statements that define nothing a catalog holds.
        refusals: the statements that cannot be placed: not understood, broken, or of unknown effect.
    """

    objects: list[CatalogObject]
    applied: int
    counted: dict[str, int]
    refusals: list[Refusal]


def assemble(scripts: Iterable[tuple[str, str]]) -> Assembled:
    """The objects that scripts define.

    Each script is a session of its own: ``DATABASE x`` holds to its end, and so does a volatile table, which no
    dictionary ever lists. Indexes, comments and alterations go onto their object, also where its script comes later;
    DROP and RENAME do what they say. What defines nothing that a catalog holds (rows, queries, rights, statistics,
    settings, BTEQ) is counted by kind; everything else that cannot be placed is refused.

    Args:
        scripts: ``(file, text)`` in order; placeholders are filled in.
    """
    assembly = _Assembly()
    for file, text in scripts:
        assembly.run(file, text)
    assembly.run_postponed()
    return assembly.result()


class _NotPlacedError(Exception):
    """The object a statement needs is not defined, or not yet."""


class _Assembly:
    def __init__(self) -> None:
        self.placed: dict[ObjectKey, CatalogObject] = {}
        self.refusals: list[Refusal] = []
        self.column = 1
        self.postponed: list[tuple[str, Statement, StatementAst]] = []
        self.compiled: list[tuple[str, Statement]] = []
        self.files: set[str] = set()
        self.volatile: set[tuple[str, str]] = set()
        self.applied = 0
        self.counted: Counter[str] = Counter()

    def result(self) -> Assembled:
        return Assembled(
            objects=list(self.placed.values()),
            applied=self.applied,
            counted=dict(sorted(self.counted.items())),
            refusals=self.refusals,
        )

    def run(self, file: str, text: str) -> None:
        self.volatile.clear()
        self.files.add(_file_name(file))
        database = ""
        for statement in iter_script(text):
            if statement.form == "bteq":
                self._command(file, statement)
                continue
            if statement.form == "shell":
                self.counted[SHELL] += 1
                database = ""  # each here-document is a session of its own
                self.volatile.clear()
                continue
            try:
                ast = read_statement(statement, default_database=database)
            except DdlError as error:
                self._refuse(file, statement, error.what)
                continue
            if isinstance(ast, SetDatabase):
                database = ast.name
            kind = self._of_session(ast) or counted_kind(ast)
            if kind:
                self.counted[kind] += 1
            else:
                self._execute(file, statement, ast, postpone=True)

    def run_postponed(self) -> None:
        """Tries once more what came before the object, or the file, that it belongs to."""
        for file, statement, ast in self.postponed:
            self._execute(file, statement, ast, postpone=False)
        for file, statement in self.compiled:
            source = _COMPILED_FILE.match(statement.text)
            if source and fold(source[1]) in self.files:
                self.counted[BTEQ] += 1
            else:
                self._refuse(file, statement, "the procedure that .COMPILE reads is not among the files")

    def _command(self, file: str, statement: Statement) -> None:
        verb = statement.text.split(maxsplit=1)[0].upper()
        if verb == ".COMPILE":
            self.compiled.append((file, statement))
        else:
            self.counted[RUN if verb == RUN else BTEQ] += 1

    def _of_session(self, ast: StatementAst) -> str:
        """The kind of what makes, uses or drops a volatile table: it lives in its session and in no dictionary."""
        match ast:
            case CreateTable() | CreateTableAs() if ast.table.temporary == "VOLATILE":
                self.volatile.add(_place(ast.table.database, ast.table.name))
                return _VOLATILE
            case CreateTable() | CreateTableAs():
                self.volatile.discard(_place(ast.table.database, ast.table.name))
            case DropObject(kind="table") if _place(ast.database, ast.name) in self.volatile:
                self.volatile.remove(_place(ast.database, ast.name))
                return _ON_VOLATILE
            case RenameObject(kind="table") if _place(*ast.old) in self.volatile:
                self.volatile.remove(_place(*ast.old))
                self.volatile.add(_place(*ast.new))
                return _ON_VOLATILE
            case CreateIndex() | DropIndex() | AlterTable() | CollectStatistics() | CommentOn():
                return _ON_VOLATILE if _place(ast.database, ast.name) in self.volatile else ""
        return ""

    def _refuse(self, file: str, statement: Statement, what: str) -> None:
        self.refusals.append(Refusal(what, file, statement.line, statement.text))

    def _execute(self, file: str, statement: Statement, ast: StatementAst, *, postpone: bool) -> None:
        origin = Origin("ddl", file, statement.line)
        self.column = statement.column
        try:
            refused = self._define(ast, origin) if isinstance(ast, _Defining) else self._change(ast)
        except _NotPlacedError as error:
            if postpone:
                self.postponed.append((file, statement, ast))
                return
            refused = str(error)
        except DdlError as error:
            refused = error.what
        if refused:
            self._refuse(file, statement, refused)
        else:
            self.applied += 1

    def _define(self, ast: _Defining, origin: Origin) -> str:
        """Places what the statement defines; returns why it cannot, or ``""``."""
        match ast:
            case CreateTable():
                return self._place(replace(ast.table, origin=origin), is_replace=False)
            case CreateView():
                return self._place(replace(ast.view, origin=origin), is_replace=ast.replace)
            case CreateCode():
                return self._place(replace(ast.object, origin=origin), is_replace=ast.replace)
            case CreateDefinition():
                return self._place(replace(ast.definition, origin=origin), is_replace=ast.replace)
            case CreateJoinIndex() | CreateHashIndex():
                return self._place(replace(ast.index, origin=origin), is_replace=False)
            case CreateDatabase():
                return self._place(replace(ast.database, origin=origin), is_replace=False)
            case CreateTableAs():
                return "the columns of the table follow from a query or another table, which only the database knows"

    def _place(self, found: CatalogObject, *, is_replace: bool) -> str:
        if not found.database and found.kind not in _LIES_IN_NO_DATABASE:
            return f"the database of {found.kind} {found.name} is not known: qualify its name or write DATABASE first"
        key = ObjectKey.of(found)
        before = self._of_same_name(key)
        if before is not None and not (is_replace and before.kind == found.kind):
            place = f"{before.origin.file}:{before.origin.line}"
            at = f"line {found.origin.line}, column {self.column}"
            return f"{at}: {before.kind.capitalize()} '{shown_name(found)}' already exists: it is defined at {place}"
        self.placed[key] = found
        return ""

    def _of_same_name(self, key: ObjectKey) -> CatalogObject | None:
        """What is defined under this name: tables, views, macros … share their names."""
        found = self.placed.get(key)
        if found is not None or key.kind not in _SHARED:
            return found
        others = (self.placed.get(ObjectKey(kind, key.database, key.name)) for kind in _SHARED)
        return next((other for other in others if other is not None), None)

    def _change(self, ast: StatementAst) -> str:
        """Applies what the statement changes; returns why it cannot, or ``""``."""
        match ast:
            case CreateIndex():
                self._put(with_indexes(self._table(ast.database, ast.name), ast.indexes))
            case DropIndex():
                self._put(without_index(self._table(ast.database, ast.name), ast))
            case AlterTable():
                self._put(altered(self._table(ast.database, ast.name), ast))
            case CommentOn() if ast.text is not None:
                self._comment(ast, ast.text)
            case ModifyDatabase():
                self._modify(ast.database)
            case ModifyProfile():
                self._modify_profile(ast.profile)
            case Give():
                self._put(replace(self._find(("database", "user"), ast.name, ast.name), owner=ast.to))
            case AlterObject():
                self._put(altered_object(self._find((ast.kind,), ast.database, ast.name), ast))
            case DropObject() | DeleteDatabase():
                self._drop(ast)
            case RenameObject():
                self._rename(ast)
            case _:
                return "the statement is not understood, or its effect on definitions is not known"
        return ""

    def _put(self, found: CatalogObject) -> None:
        self.placed[ObjectKey.of(found)] = found

    def _find(self, kinds: Iterable[str], database: str, name: str) -> CatalogObject:
        for kind in kinds:
            found = self.placed.get(ObjectKey(kind, fold(database), fold(name)))
            if found is not None:
                return found
        raise _NotPlacedError(f"{name} is not defined in what was read")

    def _table(self, database: str, name: str) -> Table:
        found = self._find(("table", "foreign table"), database, name)
        assert isinstance(found, Table)
        return found

    def _comment(self, ast: CommentOn, text: str) -> None:
        comment = text or None
        if ast.kind in ("database", "user"):
            self._put(replace(self._find(("database", "user"), ast.name, ast.name), comment=comment))
            return
        found = self._find(self._kinds(ast), ast.database, ast.name)
        if ast.column is None:
            self._put(replace(found, comment=comment))
        elif isinstance(found, (Table, View)):
            self._put(replace(found, columns=tuple(_commented(found.columns, ast.column, comment))))
        else:
            raise DdlError(f"comments on parameters of a {found.kind} are not kept")

    def _kinds(self, ast: CommentOn) -> Iterator[str]:
        if ast.kind in ("", "column", "table", "view"):
            yield from ("table", "view")
        if ast.kind in ("", "column"):
            yield from dict.fromkeys(key.kind for key in self.placed if key.kind not in _LIES_IN_NO_DATABASE)
        yield ast.kind

    def _modify(self, changes: Database) -> None:
        found = self._find((changes.kind, "database", "user"), changes.name, changes.name)
        written = {
            field: getattr(changes, field)
            for field in changes.__struct_fields__
            if field not in ("name", "kind", "origin", "stamp") and getattr(changes, field) not in (None, ())
        }
        if isinstance(found, Database):
            written["options"] = with_options(found.options, changes.options)
        self._put(replace(found, **written))

    def _modify_profile(self, changes: Definition) -> None:
        """Puts the options that are written in the place of those of their names."""
        found = self._find(("profile",), "", changes.name)
        assert isinstance(found, Definition)
        self._put(replace(found, clauses=with_options(found.clauses or (), changes.clauses or ())))

    def _drop(self, ast: DropObject | DeleteDatabase) -> None:
        """Takes away what is defined; DROP of what is not is the usual way to begin a script."""
        if isinstance(ast, DeleteDatabase):
            gone = [key for key in self.placed if key.database == fold(ast.name) and not _is_database(key)]
        elif ast.kind in ("database", "user"):
            gone = [ObjectKey(kind, fold(ast.name), fold(ast.name)) for kind in ("database", "user")]
        elif ast.on is not None:
            gone = [key for key, found in self.placed.items() if _is_error_table_of(found, ast.on)]
        else:
            gone = [ObjectKey(ast.kind, fold(ast.database), fold(ast.name))]
        for key in gone:
            self.placed.pop(key, None)

    def _rename(self, ast: RenameObject) -> None:
        found = self._find((ast.kind,), *ast.old)
        del self.placed[ObjectKey.of(found)]
        database, name = ast.new
        self._put(replace(found, database=database, name=name))


def _is_error_table_of(found: CatalogObject, table: tuple[str, str]) -> bool:
    if not isinstance(found, Definition) or found.kind != "error table":
        return False
    return any(clause.name == "FOR" and fold(clause.value) == fold(qualified(*table)) for clause in found.clauses or ())


def _is_database(key: ObjectKey) -> bool:
    return key.kind in ("database", "user")


def _commented(columns: tuple[Column, ...], name: str, comment: str | None) -> Iterator[Column]:
    if not any(fold(column.name) == fold(name) for column in columns):
        raise DdlError(f"there is no column {name}, or its view does not list its columns")
    for column in columns:
        yield replace(column, comment=comment) if fold(column.name) == fold(name) else column


def _place(database: str, name: str) -> tuple[str, str]:
    return fold(database), fold(name)


def _file_name(path: str) -> str:
    """The last part of a path of any system, without case."""
    return fold(re.split(r"[/\\]", path)[-1])
