"""Objects of the model as DDL; tables in the layout of SHOW TABLE (docs/teradata/ddl.md §2.2), with ``\\n``."""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.ddl.layout import shown
from dbee_dbt.ddl.lexer import significant, tokenize
from dbee_dbt.ddl.literals import literal
from dbee_dbt.ddl.secrets import SECRET_WORDS
from dbee_dbt.ddl.write_columns import column_text
from dbee_dbt.ddl.write_definitions import definition_ddl, placeholder
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.names import fold, identifier, qualified
from dbee_dbt.model.objects import (
    CatalogObject,
    CodeObject,
    Constraint,
    Database,
    Definition,
    HashIndex,
    JoinIndex,
    Ordering,
    PrimaryIndex,
    SecondaryIndex,
    Table,
    TableOptions,
    View,
)
from dbee_dbt.model.table_parts import DerivedPeriod, TimeIndex


def object_ddl(found: CatalogObject) -> tuple[str, ...]:
    """The statements that make an object and its comments, each with its ``;``; nothing where the text is not known.

    Args:
        found: any object. A user's password is not in the model: it is written as ``${PASSWORD}``.
    """
    match found:
        case Table():
            made = table_ddl(found)
        case Database():
            made = database_ddl(found)
        case Definition():
            if found.clauses is None:
                return ()
            made = definition_ddl(found)
        case JoinIndex() | HashIndex():
            shown_index = join_index_ddl(found) if isinstance(found, JoinIndex) else hash_index_ddl(found)
            if shown_index is None:
                return ()
            made = shown_index
        case View() | CodeObject():
            if found.text is None:
                return ()
            made = _ended(found.text)
    return (made, *comment_ddl(found))


def _ended(text: str) -> str:
    """A source text with its ``;``, which no comment at its end may hold or hide."""
    text = text.rstrip()
    tokens = tokenize(text)
    if [token.key for token in significant(tokens)[-1:]] == [";"]:
        return text
    is_hidden = bool(tokens) and tokens[-1].text.startswith("--")
    return f"{text}\n;" if is_hidden else f"{text};"


def comment_ddl(found: CatalogObject) -> tuple[str, ...]:
    """COMMENT statements for an object and its columns, as far as they have comments."""
    statements = []
    name = identifier(found.name) if isinstance(found, Database) else qualified(found.database, found.name)
    if found.comment is not None:
        statements.append(f"COMMENT ON {found.kind.upper()} {name} IS {literal(found.comment)};")
    for column in found.columns if isinstance(found, (Table, View)) else ():
        if column.comment is not None:
            path = f"{name}.{identifier(column.name)}"
            statements.append(f"COMMENT ON COLUMN {path} IS {literal(column.comment)};")
    return tuple(statements)


def database_ddl(database: Database) -> str:
    """CREATE DATABASE or CREATE USER with all that is known of it."""
    owner = f" FROM {identifier(database.owner)}" if database.owner is not None else ""
    clauses = list(_database_clauses(database))
    tail = " AS\n     " + ",\n     ".join(clauses) if clauses else ""
    return f"CREATE {database.kind.upper()} {identifier(database.name)}{owner}{tail};"


def _database_clauses(database: Database) -> Iterator[str]:
    if database.kind == "user":
        yield "PASSWORD = ${PASSWORD}"
    for word, size in (("PERM", database.perm), ("SPOOL", database.spool), ("TEMPORARY", database.temporary)):
        if size is not None:
            yield f"{word} = {_number(size)}"
    if database.account is not None:
        yield f"ACCOUNT = {literal(database.account)}"
    yield from _protection(database)
    if database.journal_table is not None:
        yield f"DEFAULT JOURNAL TABLE = {database.journal_table}"
    if database.map is not None:
        yield f"DEFAULT MAP = {identifier(database.map)}"
    yield from map(_user_option, database.options)
    yield from database.clauses


def _user_option(option: Clause) -> str:
    if option.name == "DBA":
        return option.value
    return f"{option.name}{' ' if option.name in _WITHOUT_EQUALS else ' = '}{option.value}"


_WITHOUT_EQUALS = frozenset({"DEFAULT CHARACTER SET", "TRANSFORM"})


def _number(size: float) -> str:
    return str(int(size)) if size.is_integer() else repr(size)


def _protection(found: Database | TableOptions) -> Iterator[str]:
    if isinstance(found, Database) and found.fallback is not None:
        yield "FALLBACK" if found.fallback else "NO FALLBACK"
    if found.before_journal is not None:
        yield f"{found.before_journal} BEFORE JOURNAL"
    if found.after_journal is not None:
        yield f"{found.after_journal} AFTER JOURNAL"


def index_ddl(database: str, name: str, index: SecondaryIndex) -> str:
    """CREATE INDEX on a table.

    Args:
        database: of the table.
        name: of the table.
        index: the index.
    """
    return f"CREATE {_secondary(index)} ON {qualified(database, name)};"


def join_index_ddl(index: JoinIndex) -> str | None:
    """CREATE JOIN INDEX as SHOW JOIN INDEX lays it out around the query, which stays as it is; None without a query."""
    if index.query is None:
        return None
    ordering = [_ordering(index.order_by)] if index.order_by is not None else []
    clauses = [*ordering, *_index_clauses(index), *index.clauses]
    tail = "".join(f"\n{clause}" for clause in clauses)
    return f"CREATE JOIN INDEX {_index_header(index)} AS \n{index.query}{' ' if tail else ''}{tail};"


def hash_index_ddl(index: HashIndex) -> str | None:
    """CREATE HASH INDEX, in the layout of join indexes; None where its table is not known."""
    if index.table is None:
        return None
    by = [f"BY {name_list(index.by)}"] if index.by else []
    ordering = [_ordering(index.order_by)] if index.order_by is not None else []
    tail = "".join(f"\n{clause}" for clause in (*by, *ordering, *index.clauses))
    return f"CREATE HASH INDEX {_index_header(index)} \n{name_list(index.columns)}\nON {qualified(*index.table)}{tail};"


def _index_header(index: JoinIndex | HashIndex) -> str:
    """The name and the options on one line: ``D.J ,FALLBACK ,CHECKSUM = DEFAULT, MAP = M1``."""
    fallback = [] if index.options.fallback is None else ["FALLBACK" if index.options.fallback else "NO FALLBACK"]
    head = "".join(f" ,{word}" for word in fallback)
    options = list(option_texts(index.options))
    return qualified(index.database, index.name) + head + (" ," + ", ".join(options) if options else "")


def _ordering(order: Ordering) -> str:
    return f"ORDER BY {order.kind}" + (f" {name_list(order.columns)}" if order.columns else "")


def table_ddl(table: Table) -> str:
    """CREATE TABLE as SHOW TABLE lays it out, with its ``;``; comments are statements of their own.

    What is None in the model is not written, so reading the text again gives the same table.
    """
    elements = "".join(_elements(table))
    clauses = list(_clauses(table))
    end = f"\n{chr(10).join(clauses)};" if clauses else "\n;"
    columns = f"\n     (\n{elements})" if elements else ""
    return f"{_header(table)}{columns}{end}"


def _elements(table: Table) -> Iterator[str]:
    """The elements and what separates them: behind a foreign key stands no blank, as SHOW TABLE prints it."""
    parts = [f"      {column}" for column in _columns(table)]
    yield ",\n".join(parts)
    separator = ", \n" if parts else ""
    for constraint in table.constraints:
        yield separator + constraint_text(constraint)
        separator = ",\n" if constraint.kind == "foreign key" else ", \n"
    for element in _other_elements(table):
        yield separator + element
        separator = ", \n"


def _other_elements(table: Table) -> Iterator[str]:
    yield from map(period_text, table.periods)
    if table.normalize is not None:
        yield table.normalize
    yield from table.elements


def period_text(period: DerivedPeriod) -> str:
    """``PERIOD FOR name(begin, end)``."""
    time = "" if period.time is None else f" AS {period.time}"
    return f"PERIOD FOR {identifier(period.name)}({identifier(period.start)}, {identifier(period.end)}){time}"


def _columns(table: Table) -> Iterator[str]:
    """The definitions of columns, those of a group together: ``COLUMN ( A INTEGER, B INTEGER ) NO AUTO COMPRESS``."""
    groups = {fold(group.columns[0]): group for group in table.column_groups}
    place = 0
    while place < len(table.columns):
        group = groups.get(fold(table.columns[place].name))
        size = len(group.columns) if group else 1
        inside = ", ".join(map(column_text, table.columns[place : place + size]))
        yield f"{group.form} ( {inside} ){auto_compress_text(group.auto_compress)}" if group else inside
        place += size


def auto_compress_text(auto_compress: bool | None) -> str:
    """`` AUTO COMPRESS``, `` NO AUTO COMPRESS``, or nothing."""
    if auto_compress is None:
        return ""
    return " AUTO COMPRESS" if auto_compress else " NO AUTO COMPRESS"


def _header(table: Table) -> str:
    temporary = f"{table.temporary} TRACE" if table.trace else table.temporary
    form = "FOREIGN TABLE" if table.foreign else "TABLE"
    words = [table.set_kind, temporary, form, qualified(table.database, table.name)]
    head = " ".join(word for word in words if word)
    first = ["QUEUE"] if table.queue else []
    if table.options.fallback is not None:
        first.append("FALLBACK" if table.options.fallback else "NO FALLBACK")
    options = list(option_texts(table.options))
    head = f"CREATE {head}" + "".join(f" ,{word}" for word in first)
    return head + (" ,\n     " + ",\n     ".join(options) if options else "")


def option_texts(options: TableOptions) -> Iterator[str]:
    """The options of a table but FALLBACK, each as SHOW TABLE prints it."""
    if options.external_security is not None:
        yield f"EXTERNAL SECURITY {options.external_security} "
    yield from _protection(options)
    if options.journal_table is not None:
        yield f"WITH JOURNAL TABLE = {options.journal_table}"
    yield from _assigned("CHECKSUM", options.checksum)
    yield from _sized("FREESPACE", options.free_space, " PERCENT")
    yield from _sized("DATABLOCKSIZE", options.data_block_size)
    yield from _sized("MERGEBLOCKRATIO", options.merge_block_ratio, " PERCENT")
    yield from _assigned("BLOCKCOMPRESSION", options.block_compression)
    yield from _assigned("BLOCKCOMPRESSIONALGORITHM", options.block_compression_algorithm)
    yield from _assigned("BLOCKCOMPRESSIONLEVEL", options.block_compression_level)
    yield from _map(options)
    if options.isolated_loading is not None:
        yield options.isolated_loading
    if options.log is not None:
        yield "LOG" if options.log else "NO LOG"
    yield from options.other


def _assigned(word: str, value: str | None) -> Iterator[str]:
    if value is not None:
        yield f"{word} = {value}"


def _sized(word: str, value: str | None, unit: str = "") -> Iterator[str]:
    if value is None:
        return
    yield f"{value} {word}" if value.isalpha() else f"{word} = {value}{unit}"


def _map(options: TableOptions) -> Iterator[str]:
    colocate = f"COLOCATE USING {identifier(options.colocate)}" if options.colocate is not None else ""
    if options.map is not None:
        yield f"MAP = {identifier(options.map)} {colocate}".rstrip()


_WRAPPED = 63  # SHOW goes on in the next line behind a comma that stands further right


def name_list(columns: tuple[str, ...]) -> str:
    """``( A ,B )``, a long list wrapped as SHOW TABLE does."""
    return _with_names("", columns)


def _with_names(head: str, columns: tuple[str, ...]) -> str:
    """A text and behind it ``( A ,B )``, a long list wrapped as SHOW TABLE does."""
    text = f"{head}( "
    for place, column in enumerate(columns):
        if place:
            text += " ,"
            text += "\n" if len(text) - text.rfind("\n") - 1 > _WRAPPED else ""
        text += identifier(column)
    return f"{text} )"


def constraint_text(constraint: Constraint) -> str:
    """A table constraint as SHOW TABLE prints it."""
    name = f"CONSTRAINT {identifier(constraint.name)} " if constraint.name is not None else ""
    if constraint.time is not None:
        name = f"{name}{constraint.time} "
    match constraint.kind:
        case "check":
            return f"{name}CHECK ( {shown(constraint.expression or '')} )"
        case "foreign key":
            return references_text(_with_names(f"{name}FOREIGN KEY ", constraint.columns), constraint)
    return _with_key(f"{name}{constraint.kind.upper()} ", constraint)


def _with_key(head: str, key: Constraint | PrimaryIndex) -> str:
    text = _with_names(head, key.columns)
    return f"{text[:-2]} WITHOUT OVERLAPS )" if key.without_overlaps else text


def references_text(head: str, constraint: Constraint) -> str:
    """A text and behind it ``REFERENCES [WITH [NO] CHECK OPTION] parent [(columns)]``."""
    options = {None: "", True: "WITH CHECK OPTION ", False: "WITH NO CHECK OPTION "}
    parent = qualified(*constraint.parent) if constraint.parent else ""
    text = f"{head} REFERENCES {options[constraint.check_option]}{parent}"
    return _with_names(f"{text} ", constraint.parent_columns) if constraint.parent_columns else text


def _clauses(table: Table) -> Iterator[str]:
    if table.using:
        yield _using(table.using)
    if table.time_index is not None:
        yield _time_index(table.time_index)
    yield from _index_clauses(table)
    yield from table.clauses
    if table.on_commit is not None:
        yield f"ON COMMIT {table.on_commit} ROWS"


def _index_clauses(found: Table | JoinIndex) -> Iterator[str]:
    if found.primary_index is not None:
        yield _primary(found.primary_index)
    if found.partitioning:
        yield partitioning_text(found.partitioning)
    for index in found.indexes:
        yield _secondary(index)


def _level(level: str) -> str:
    """One level; behind ``COLUMN ADD 10`` stands no blank, behind every other number one."""
    text = shown(level)
    return text.rstrip() if level.startswith("COLUMN") and level[-1].isdigit() else text


def partitioning_text(partitioning: tuple[str, ...]) -> str:
    """``PARTITION BY`` and its levels as SHOW TABLE prints them."""
    levels = [_level(level) for level in partitioning]
    return "PARTITION BY " + (levels[0] if len(levels) == 1 else f"( {','.join(levels)} )")


def _primary(index: PrimaryIndex) -> str:
    if index.form == "no primary index":
        return "NO PRIMARY INDEX "
    words = "PRIMARY AMP INDEX" if index.form == "primary amp" else "PRIMARY INDEX"
    name = f"{identifier(index.name)} " if index.name is not None else ""
    return _with_key(f"{'UNIQUE ' if index.unique else ''}{words} {name}", index)


def _time_index(index: TimeIndex) -> str:
    name = f"{identifier(index.name)} " if index.name is not None else ""
    columns = f"COLUMNS({', '.join(map(identifier, index.columns))})" if index.columns else None
    parts = (index.time_code, index.time_zero, index.bucket, columns, index.sequence, *index.other)
    return f"PRIMARY TIME INDEX {name}({', '.join(part for part in parts if part is not None)})"


def _using(clauses: tuple[Clause, ...]) -> str:
    """USING of a foreign table, a clause a line with two blanks in front of its parenthesis."""
    return "\n".join(("USING", "(", *(f"      {clause.name}{_used(clause)}" for clause in clauses), ")"))


def _used(clause: Clause) -> str:
    value = placeholder(clause.name) if clause.name in SECRET_WORDS else clause.value
    return f"  ({value})" if value else ""


def _secondary(index: SecondaryIndex) -> str:
    words = ["UNIQUE INDEX" if index.unique else "INDEX"]
    if index.name is not None:
        words.append(identifier(index.name))
    if index.all_rows:
        words.append("ALL")
    words = [_with_names(" ".join(words) + " ", index.columns)]
    if index.order_by is not None:
        words.append(f"ORDER BY {index.order_by[0]} {name_list((index.order_by[1],))}")
    if index.load_identity is not None:
        words.append("WITH LOAD IDENTITY" if index.load_identity else "WITH NO LOAD IDENTITY")
    return " ".join(words)
