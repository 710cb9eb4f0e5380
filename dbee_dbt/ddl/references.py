"""What a statement refers to, as far as its tokens or the reader tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.naming import written_name, written_path
from dbee_dbt.ddl.query_tables import Parts, query_tables
from dbee_dbt.ddl.statements import (
    AddColumn,
    AddConstraint,
    AlterTable,
    Call,
    CollectStatistics,
    CommentOn,
    CreateCode,
    CreateDatabase,
    CreateIndex,
    CreateTable,
    CreateTableAs,
    CreateView,
    Dml,
    DropIndex,
    ExecuteMacro,
    Explain,
    Grant,
    Privileges,
    Query,
    RenameObject,
    Revoke,
    RoleMembership,
    StatementAst,
)
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import CodeObject, Constraint, Table


class Reference(Struct, frozen=True):
    """Something that a statement names.

    Args:
        how: ``foreign key``, ``on`` (an index, trigger, comment or right on it), ``reads``, ``writes``, ``calls``,
            ``copies``, ``to`` (the new name, or who is granted), ``from`` (who is revoked, the owner of a database).
        name: ``database.name`` as it stands in SQL, with the default database where none is written and one is known.
    """

    how: str
    name: str


class References(Struct, frozen=True):
    """What a statement refers to.

    Args:
        found: in the order of the text, each once.
        unread: why there may be more; ``""`` where these are all.
    """

    found: tuple[Reference, ...] = ()
    unread: str = ""


_BODIES = frozenset({"macro", "procedure", "function"})
_ENDS_QUERY = frozenset({"PRIMARY", "UNIQUE", "INDEX", "NO", "PARTITION"})


def references(ast: StatementAst, default_database: str = "") -> References:
    """What a statement refers to.

    Args:
        ast: the statement.
        default_database: where unqualified names of its query lie.
    """
    match ast:
        case CreateTableAs() if ast.query is not None:
            return _of_query(ast.query, default_database, tuple(_parents(ast.table.constraints)))
        case CreateView() | Query() | Dml() | Explain():
            return _of_query(ast.query if isinstance(ast, CreateView) else ast.text, default_database)
        case CreateCode():
            return _of_code(ast.object, default_database)
    return References(tuple(dict.fromkeys(_told(ast))))


def _told(ast: StatementAst) -> Iterator[Reference]:
    """The references of what holds no query."""
    match ast:
        case CreateTable():
            yield from _of_table(ast.table)
        case CreateTableAs():
            if ast.source is not None:
                yield Reference("copies", written_path(*ast.source))
            yield from _of_table(ast.table)
        case CreateDatabase() if ast.database.owner is not None:
            yield Reference("from", written_name(ast.database.owner))
        case CreateIndex() | DropIndex() | CollectStatistics():
            yield Reference("on", written_path(ast.database, ast.name))
        case CommentOn():
            yield Reference("on", written_path(ast.database, ast.name))
        case AlterTable():
            yield from _of_alteration(ast)
        case RenameObject():
            yield Reference("to", written_path(*ast.new))
        case Grant() | Revoke():
            yield from _of_right(ast)
        case Call() | ExecuteMacro():
            yield Reference("calls", written_path(ast.database, ast.name))


def _of_table(table: Table) -> Iterator[Reference]:
    for column in table.columns:
        if column.compress is not None:
            functions = (column.compress.algorithm, column.compress.reverse)
            yield from (Reference("calls", name) for name in functions if name is not None)
    yield from _parents(table.constraints)


def _parents(constraints: Iterable[Constraint]) -> Iterator[Reference]:
    for constraint in constraints:
        if constraint.parent is not None:
            yield Reference("foreign key", written_path(*constraint.parent))


def _of_alteration(ast: AlterTable) -> Iterator[Reference]:
    for action in ast.actions:
        if isinstance(action, AddColumn):
            yield from _parents(action.constraints)
        elif isinstance(action, AddConstraint):
            yield from _parents((action.constraint,))


def _of_right(ast: Grant | Revoke) -> Iterator[Reference]:
    what = ast.what
    if isinstance(what, Privileges):
        yield Reference("on", written_path(*what.object))
    if isinstance(what, (Privileges, RoleMembership)):
        how = "to" if isinstance(ast, Grant) else "from"
        yield from (Reference(how, _grantee(name)) for name in what.grantees)


def _grantee(name: str) -> str:
    return name if fold(name) == "PUBLIC" else written_name(name)


def _of_query(text: str, default_database: str, first: tuple[Reference, ...] = ()) -> References:
    found = query_tables(text)
    named = (("writes", found.writes), ("reads", found.reads), ("calls", found.calls))
    told = (Reference(how, _qualified(parts, default_database)) for how, names in named for parts in names)
    return References(tuple(dict.fromkeys((*first, *told))), found.unread)


def _qualified(parts: Parts, default_database: str) -> str:
    return written_path(default_database, parts[0]) if len(parts) == 1 else ".".join(map(written_name, parts))


def _of_code(found: CodeObject, default_database: str) -> References:
    if found.kind in _BODIES:
        return References(unread=f"the body of a {found.kind} is not read")
    if found.kind == "join index":
        return _of_query(_query_of_join_index(found.text or ""), default_database)
    if found.kind not in ("trigger", "hash index"):
        return References()
    unread = "the actions of a trigger are not read" if found.kind == "trigger" else ""
    return References(tuple(_on(Cursor.of(found.text or ""), default_database)), unread)


def _on(cursor: Cursor, default_database: str) -> Iterator[Reference]:
    """The table behind the first ON that stands in no parentheses."""
    try:
        while not cursor.done:
            if cursor.accept("ON"):
                yield Reference("on", written_path(*cursor.qualified(default_database)))
                return
            if cursor.key == "(":
                cursor.skip_group()
            else:
                cursor.at += 1
    except DdlError:
        return


def _query_of_join_index(text: str) -> str:
    """The query of CREATE JOIN INDEX: from behind AS to the index clauses."""
    cursor = Cursor.of(text)
    start = cursor.keys.index("AS") + 1 if "AS" in cursor.keys else len(cursor.tokens)
    cursor.at = start
    try:
        while not cursor.done and cursor.key not in _ENDS_QUERY:
            if cursor.key == "(":
                cursor.skip_group()
            else:
                cursor.at += 1
    except DdlError:
        cursor.at = len(cursor.tokens)
    return cursor.source(start, cursor.at)
