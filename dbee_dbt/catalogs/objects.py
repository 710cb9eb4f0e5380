"""Objects of the model from dictionary rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from msgspec.structs import replace

from dbee_dbt.catalogs.rows import Row, Rows
from dbee_dbt.ddl.canonical import canonical, value
from dbee_dbt.ddl.code import with_header
from dbee_dbt.ddl.definitions import DEFINED
from dbee_dbt.ddl.lexer import significant, tokenize
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.statements import CreateDefinition, CreateHashIndex, CreateJoinIndex
from dbee_dbt.ddl.types import read_type
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.objects import (
    CatalogObject,
    CodeObject,
    Column,
    Compression,
    Constraint,
    Database,
    Definition,
    HashIndex,
    Identity,
    JoinIndex,
    Origin,
    PrimaryIndex,
    SecondaryIndex,
    Stamp,
    Table,
    TableOptions,
    View,
)
from dbee_dbt.model.types import DataType

DICTIONARY = Origin(source="dictionary")
NO_PRIMARY_INDEX = PrimaryIndex(form="no primary index")

Key = tuple[str, str]
Read = TypeVar("Read")


class Texts:
    """Texts of the dictionary as values. One text stands in many rows, so each is read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[Callable[[str], Any], str], Any] = {}

    def _read(self, read: Callable[[str], Read], text: str) -> Read:
        key = (read, text)
        if key not in self._known:
            self._known[key] = read(text)
        found: Read = self._known[key]
        return found

    def type(self, text: str | None) -> DataType | None:
        """A type by its exact text."""
        return None if text is None else self._read(read_type, text)

    def expression(self, text: str | None) -> str | None:
        """An expression in its canonical text."""
        return None if text is None else self._read(canonical, text)

    def compression(self, text: str | None) -> Compression | None:
        """COMPRESS by the list of its values; ``""`` stands for nulls only."""
        return None if text is None else self._read(read_compression, text)


def read_compression(text: str) -> Compression:
    """COMPRESS from what the dictionary says of it.

    Args:
        text: a list of literals with or without parentheses around it; ``""`` where only nulls are compressed; ``AUTO``
            or ``USING f DECOMPRESS USING g`` where rows were made from a definition that says so.
    """
    words = text.split()
    if words == ["AUTO"]:
        return Compression(auto=True)
    if words[:1] == ["USING"]:
        return Compression(algorithm=words[1], reverse=words[4] if len(words) > 4 else None)
    return Compression(values=tuple(found for found in _list_items(text) if found.upper() != "NULL"))


def _list_items(text: str) -> Iterator[str]:
    """The items of a list of literals, canonical; a comma in a string or in parentheses does not part them."""
    text = text.strip()
    inner = text[1:-1] if text.startswith("(") and text.endswith(")") else text
    item, depth = "", 0
    for token in significant(tokenize(inner)):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.text == "," and depth == 0:
            yield value(canonical(item))
            item = ""
        else:
            item += token.text + " "
    if item:
        yield value(canonical(item))


def objects_of(rows: Rows) -> Iterator[CatalogObject]:
    """The objects that dictionary rows describe: databases first, then the rest in the order of ``relations``.

    Args:
        rows: of any dictionary. A view whose columns were resolved has them in ``columns`` with their types.
    """
    yield from (_database(row) for row in rows.databases)
    parts = _Parts(rows)
    for row in rows.relations:
        yield parts.object(row)


class _Parts:
    """What belongs to each relation, by (database, name)."""

    def __init__(self, rows: Rows) -> None:
        self._texts = Texts()
        self._columns = _by_relation(rows.columns)
        self._indexes = _by_relation(rows.indexes)
        self._partitioning = _by_relation(rows.partitioning)
        self._references = _by_relation(rows.references)
        self._checks = _by_relation(rows.checks)
        self._sources = {(row["database"], row["name"], row["kind"]): row["text"] for row in rows.texts}

    def object(self, row: Row) -> CatalogObject:
        """The object of one row of ``relations``."""
        match row["kind"]:
            case "table":
                return self._table(row)
            case "view":
                return View(
                    database=row["database"],
                    name=row["name"],
                    text=self._source(row),
                    columns=self._columns_of(row),
                    comment=row["comment"],
                    origin=DICTIONARY,
                    stamp=_stamp(row),
                )
            case "join index" | "hash index":
                return self._index(row)
        return understood(
            CodeObject(
                kind=row["kind"],
                database=row["database"],
                name=row["name"],
                text=self._source(row),
                comment=row["comment"],
                origin=DICTIONARY,
                stamp=_stamp(row),
            )
        )

    def _index(self, row: Row) -> CatalogObject:
        """A join or hash index by its text; one whose text cannot be read has nothing but its name."""
        found = _read_index(self._source(row), row["database"])
        if found is None:
            made = JoinIndex if row["kind"] == "join index" else HashIndex
            found = made(database=row["database"], name=row["name"])
        return replace(
            found,
            database=row["database"],
            name=row["name"],
            comment=row["comment"],
            origin=DICTIONARY,
            stamp=_stamp(row),
        )

    def _source(self, row: Row) -> str | None:
        return self._sources.get((row["database"], row["name"], row["kind"]))

    def _columns_of(self, row: Row) -> tuple[Column, ...]:
        return tuple(_column(found, self._texts) for found in self._columns[_relation(row)])

    def _table(self, row: Row) -> Table:
        key = _relation(row)
        indexes = self._indexes[key]
        return Table(
            database=row["database"],
            name=row["name"],
            columns=self._columns_of(row),
            set_kind=row["set_kind"],
            temporary="GLOBAL TEMPORARY" if row["on_commit"] else None,
            queue=row["queue"],
            options=_options(row),
            primary_index=_primary_index(indexes),
            partitioning=self._levels(key),
            indexes=tuple(_secondary(index) for index in indexes if index["form"] == "secondary" and not index["key"]),
            constraints=(*_keys(indexes), *self._constraints(key)),
            on_commit=row["on_commit"],
            comment=row["comment"],
            origin=DICTIONARY,
            stamp=_stamp(row),
        )

    def _levels(self, key: Key) -> tuple[str, ...]:
        return tuple(canonical(level) for row in self._partitioning[key] for level in row["levels"])

    def _constraints(self, key: Key) -> Iterator[Constraint]:
        for row in self._references[key]:
            yield Constraint(
                kind="foreign key",
                name=row["name"],
                columns=tuple(row["columns"]),
                parent=(row["parent_database"], row["parent_relation"]),
                parent_columns=tuple(row["parent_columns"]),
            )
        for row in self._checks[key]:
            yield Constraint(kind="check", name=row["name"], expression=self._texts.expression(row["expression"]))


def understood(found: CodeObject) -> CodeObject | Definition:
    """A source text with its header, or the definition that it is."""
    if found.kind not in DEFINED:
        return with_header(found)
    return Definition(
        kind=found.kind,
        database=found.database,
        name=found.name,
        clauses=_clauses(found.text),
        comment=found.comment,
        origin=found.origin,
        stamp=found.stamp,
    )


def _clauses(text: str | None) -> tuple[Clause, ...] | None:
    """The clauses of a definition by its text; None where it does not tell them."""
    try:
        ast = read_statement(text or "")
    except DdlError:
        return None
    return ast.definition.clauses if isinstance(ast, CreateDefinition) else None


def _read_index(text: str | None, database: str) -> JoinIndex | HashIndex | None:
    try:
        read = read_statement(text or "", default_database=database)
    except DdlError:
        return None
    return read.index if isinstance(read, CreateJoinIndex | CreateHashIndex) else None


def _by_relation(rows: Iterable[Row]) -> defaultdict[Key, list[Row]]:
    found: defaultdict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["database"], row["relation"]].append(row)
    return found


def _relation(row: Row) -> Key:
    return row["database"], row["name"]


def _stamp(row: Row) -> Stamp:
    return Stamp(row["creator"], row["created"], row["altered_by"], row["altered"], row.get("version"))


def _database(row: Row) -> Database:
    return Database(
        name=row["name"],
        kind=row["kind"],
        owner=row["owner"],
        perm=row["perm"],
        spool=row["spool"],
        temporary=row["temporary"],
        account=row["account"],
        fallback=row["fallback"],
        before_journal=row["before_journal"],
        after_journal=row["after_journal"],
        map=row["map"],
        comment=row["comment"],
        origin=DICTIONARY,
        stamp=_stamp(row),
    )


def _options(row: Row) -> TableOptions:
    return TableOptions(
        fallback=row["fallback"],
        before_journal=row["before_journal"],
        after_journal=row["after_journal"],
        map=row["map"],
    )


def _column(row: Row, texts: Texts) -> Column:
    identity = row["identity"]
    return Column(
        name=row["name"],
        type=texts.type(row["type"]),
        nullable=row["nullable"],
        default=texts.expression(row["default"]),
        format=row["format"],
        title=row["title"],
        uppercase=row["uppercase"],
        case_specific=row["case_specific"],
        compress=texts.compression(row["compress"]),
        identity=None if identity is None else Identity(always=identity == "ALWAYS"),
        checks=tuple(map(canonical, row["checks"])),
        comment=row["comment"],
    )


def _primary_index(indexes: list[Row]) -> PrimaryIndex | None:
    """The primary index; None where it follows from a key, as when the definition states only the key."""
    primary = next((index for index in indexes if index["form"] != "secondary"), None)
    if primary is None:
        return NO_PRIMARY_INDEX
    first_key = next((index for kind in ("primary key", "unique") for index in indexes if index["key"] == kind), None)
    if primary["key"] and primary is first_key:
        return None
    name = None if primary["key"] else primary["name"]  # a key's index bears the key's name
    return PrimaryIndex(form=primary["form"], name=name, unique=primary["unique"], columns=tuple(primary["columns"]))


def _secondary(index: Row) -> SecondaryIndex:
    order = index["order_by"]
    return SecondaryIndex(
        name=index["name"],
        unique=index["unique"],
        columns=tuple(index["columns"]),
        order_by=None if order is None else (order[0], order[1]),
    )


def _keys(indexes: list[Row]) -> Iterator[Constraint]:
    for index in indexes:
        if index["key"]:
            yield Constraint(kind=index["key"], name=index["name"], columns=tuple(index["columns"]))
