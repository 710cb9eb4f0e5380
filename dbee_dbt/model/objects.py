"""The objects of a Teradata system as immutable values.

A value of None means *not written* (DDL) or *not read* (dictionary): what that stands for is decided by the
facet table with the catalog's defaults, never here.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dbee_dbt.model.clauses import Clause, Parameter, with_usual_clauses
from dbee_dbt.model.names import fold, qualified
from dbee_dbt.model.table_parts import ColumnGroup, DerivedPeriod, Time, TimeIndex
from dbee_dbt.model.types import DataType

Source = Literal["ddl", "dictionary"]


class Origin(Struct, frozen=True, omit_defaults=True):
    """Where an object was read from: dictionary rows, or DDL text at ``file:line``."""

    source: Source = "ddl"
    file: str | None = None
    line: int | None = None


class Stamp(Struct, frozen=True, omit_defaults=True):
    """Who made and altered an object and when, as the dictionary says. Never compared as a facet."""

    creator: str | None = None
    created: str | None = None
    altered_by: str | None = None
    altered: str | None = None
    version: int | None = None


class Compression(Struct, frozen=True, omit_defaults=True):
    """COMPRESS of a column.

    Args:
        values: the listed values as canonical literal text, without NULL.
        algorithm: ``USING`` function, qualified, or None.
        reverse: ``DECOMPRESS USING`` function, qualified, or None.
        auto: True for AUTO COMPRESS.
        none: True for an explicit NO COMPRESS.
    """

    values: tuple[str, ...] = ()
    algorithm: str | None = None
    reverse: str | None = None
    auto: bool = False
    none: bool = False


class Identity(Struct, frozen=True, omit_defaults=True):
    """GENERATED … AS IDENTITY; None where a bound was not written."""

    always: bool
    start: int | None = None
    increment: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    cycle: bool | None = None


class Column(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One column of a table, or one resolved column of a view.

    Args:
        name: as written.
        type: the type; None for a view column that nobody has resolved.
        nullable: False for NOT NULL; None where unknown.
        default: canonical text of the DEFAULT value; None where there is none.
        with_default: True for WITH DEFAULT.
        format: FORMAT text without its quotes.
        title: TITLE text without its quotes.
        uppercase: True for UPPERCASE.
        case_specific: CASESPECIFIC, NOT CASESPECIFIC, or not written.
        compress: compression, or None.
        identity: identity, or None.
        checks: column-level CHECK conditions, canonical text.
        comment: COMMENT ON COLUMN text.
        time: AS VALIDTIME or AS TRANSACTIONTIME.
        row_time: GENERATED ALWAYS AS ROW START or END.
        time_column: True for GENERATED TIMECOLUMN, a column that a time series table has of itself.
        row_security: True for the column of a row-level-security constraint (``name CONSTRAINT``), which has no type.
        attributes: attributes that are not known, as canonical text.
    """

    name: str
    type: DataType | None = None
    nullable: bool | None = True
    default: str | None = None
    with_default: bool = False
    format: str | None = None
    title: str | None = None
    uppercase: bool = False
    case_specific: bool | None = None
    compress: Compression | None = None
    identity: Identity | None = None
    checks: tuple[str, ...] = ()
    comment: str | None = None
    time: Time | None = None
    row_time: Literal["START", "END"] | None = None
    time_column: bool = False
    row_security: bool = False
    attributes: tuple[str, ...] = ()


class Constraint(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A table constraint. Column-level keys and references are held here too, checks of a column in the column.

    Args:
        kind: which constraint.
        name: CONSTRAINT name, or None.
        columns: constrained columns as written; empty for a check.
        expression: canonical text of a check's condition.
        parent: ``(database, table)`` a foreign key references.
        parent_columns: referenced columns; empty where not written.
        check_option: ``WITH CHECK OPTION`` True, ``WITH NO CHECK OPTION`` False, neither None.
        time: temporal qualifier in front of it in upper case (``SEQUENCED VALIDTIME``), or None.
        without_overlaps: True where WITHOUT OVERLAPS follows the last column.
    """

    kind: Literal["primary key", "unique", "check", "foreign key"]
    name: str | None = None
    columns: tuple[str, ...] = ()
    expression: str | None = None
    parent: tuple[str, str] | None = None
    parent_columns: tuple[str, ...] = ()
    check_option: bool | None = None
    time: str | None = None
    without_overlaps: bool = False


class PrimaryIndex(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """How rows are distributed: a primary index, a primary AMP index, or none."""

    form: Literal["primary index", "primary amp", "no primary index"] = "primary index"
    name: str | None = None
    unique: bool = False
    columns: tuple[str, ...] = ()
    without_overlaps: bool = False


class SecondaryIndex(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One secondary index.

    Args:
        columns: indexed columns in order.
        all_rows: True for ``INDEX … ALL``.
        order_by: ``VALUES`` or ``HASH`` with its column, or None.
        load_identity: WITH LOAD IDENTITY True, WITH NO LOAD IDENTITY False, neither None.
    """

    name: str | None = None
    unique: bool = False
    columns: tuple[str, ...]
    all_rows: bool = False
    order_by: tuple[Literal["VALUES", "HASH"], str] | None = None
    load_identity: bool | None = None


class TableOptions(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The options between a table's name and its columns; None where not written. Texts are canonical."""

    fallback: bool | None = None
    journal_table: str | None = None
    before_journal: str | None = None
    after_journal: str | None = None
    checksum: str | None = None
    data_block_size: str | None = None
    merge_block_ratio: str | None = None
    free_space: str | None = None
    block_compression: str | None = None
    block_compression_algorithm: str | None = None
    block_compression_level: str | None = None
    map: str | None = None
    colocate: str | None = None
    isolated_loading: str | None = None
    log: bool | None = None
    external_security: str | None = None
    other: tuple[str, ...] = ()


class Table(Struct, frozen=True, omit_defaults=True, kw_only=True, tag="table"):
    """A table.

    Args:
        set_kind: SET, MULTISET, or not written.
        temporary: None for a permanent table.
        partitioning: one canonical text a level, outermost first.
        on_commit: of a temporary table.
        trace: GLOBAL TEMPORARY TRACE.
        foreign: CREATE FOREIGN TABLE: its rows lie in an object store.
        using: of a foreign table, the clauses of USING: LOCATION, PATHPATTERN …
        periods: derived periods.
        column_groups: in the order in which they stand.
        time_index: of a time series table.
        normalize: canonical text of NORMALIZE, or None.
        elements: definitions among those of the columns that are not known, as canonical text.
        clauses: clauses behind the columns that are not known, as canonical text.
    """

    database: str
    name: str
    columns: tuple[Column, ...] = ()
    set_kind: Literal["SET", "MULTISET"] | None = None
    temporary: Literal["GLOBAL TEMPORARY", "VOLATILE"] | None = None
    queue: bool = False
    options: TableOptions = TableOptions()
    primary_index: PrimaryIndex | None = None
    partitioning: tuple[str, ...] = ()
    indexes: tuple[SecondaryIndex, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    on_commit: Literal["DELETE", "PRESERVE"] | None = None
    trace: bool = False
    foreign: bool = False
    using: tuple[Clause, ...] = ()
    periods: tuple[DerivedPeriod, ...] = ()
    column_groups: tuple[ColumnGroup, ...] = ()
    time_index: TimeIndex | None = None
    normalize: str | None = None
    elements: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    comment: str | None = None
    origin: Origin = Origin()
    stamp: Stamp = Stamp()

    @property
    def kind(self) -> str:
        return "foreign table" if self.foreign else "table"


class View(Struct, frozen=True, omit_defaults=True, kw_only=True, tag="view"):
    """A view.

    Args:
        text: the stored source text, as submitted.
        columns: resolved columns; types and nullability are None until somebody has asked the database.
            Empty where the names are not known either.
    """

    database: str
    name: str
    text: str | None = None
    columns: tuple[Column, ...] = ()
    comment: str | None = None
    origin: Origin = Origin()
    stamp: Stamp = Stamp()

    @property
    def kind(self) -> str:
        return "view"


class CodeObject(Struct, frozen=True, omit_defaults=True, kw_only=True, tag="code"):
    """An object that is its source text: macro, procedure, function, method, trigger …, or one not understood.

    Args:
        kind: the object's kind in the words of the design (``macro``, ``external procedure``).
        text: source text as submitted, or None where it cannot be read.
        opaque: True where the text was kept because it was not understood.
        parameters: what the text's header says of them; None where the kind has none, or the header was not read.
        clauses: what else the header says, in order; the body stands in the text alone.
    """

    kind: str
    database: str
    name: str
    text: str | None = None
    opaque: bool = False
    parameters: tuple[Parameter, ...] | None = None
    clauses: tuple[Clause, ...] = ()
    comment: str | None = None
    origin: Origin = Origin()
    stamp: Stamp = Stamp()

    @property
    def has_header(self) -> bool:
        """True if what stands in front of the body was read into parameters and clauses."""
        return self.parameters is not None or bool(self.clauses)

    @property
    def meant_clauses(self) -> tuple[Clause, ...]:
        """The clauses of the header, those that hold where none is written included."""
        return with_usual_clauses(self.kind, self.clauses) if self.has_header else ()


class Definition(Struct, frozen=True, omit_defaults=True, kw_only=True, tag="definition"):
    """An object that is its clauses and has no source text of its own.

    Such are role, profile, type, cast, ordering, transform, authorization, foreign server, map, zone, constraint,
    glop set, schema, error table.

    Args:
        kind: the object's kind in the words of the design (``foreign server``).
        name: of a cast, ``source AS target``; of an ordering, its type's; of a transform, its type's and its group's.
        clauses: in order, without secrets; None where they cannot be read.
    """

    kind: str
    database: str
    name: str
    clauses: tuple[Clause, ...] | None = None
    comment: str | None = None
    origin: Origin = Origin()
    stamp: Stamp = Stamp()

    @property
    def meant_clauses(self) -> tuple[Clause, ...]:
        """The clauses, those that hold where none is written included."""
        return () if self.clauses is None else with_usual_clauses(self.kind, self.clauses)


class Ordering(Struct, frozen=True, omit_defaults=True):
    """ORDER BY of a join or hash index: how its rows lie on an AMP.

    Args:
        kind: by value or by hash.
        columns: names without their qualifiers; empty where ``ORDER BY HASH`` or ``VALUES`` names none.
    """

    kind: Literal["VALUES", "HASH"]
    columns: tuple[str, ...] = ()


class JoinIndex(Struct, frozen=True, omit_defaults=True, kw_only=True, tag="join index"):
    """A join index: single-table, multitable or aggregate.

    Args:
        query: exact text of its query, without the index clauses behind it; None where it cannot be read.
        order_by: of its rows, or None.
        partitioning: one canonical text a level, outermost first.
        clauses: clauses behind the query that are kept as text.
    """

    database: str
    name: str
    options: TableOptions = TableOptions()
    query: str | None = None
    order_by: Ordering | None = None
    primary_index: PrimaryIndex | None = None
    partitioning: tuple[str, ...] = ()
    indexes: tuple[SecondaryIndex, ...] = ()
    clauses: tuple[str, ...] = ()
    comment: str | None = None
    origin: Origin = Origin()
    stamp: Stamp = Stamp()

    @property
    def kind(self) -> str:
        return "join index"


class HashIndex(Struct, frozen=True, omit_defaults=True, kw_only=True, tag="hash index"):
    """A hash index.

    Args:
        columns: what it holds, in order.
        table: ``(database, name)`` of the table it is on; None where it cannot be read.
        by: columns that distribute its rows; empty where BY is not written.
        order_by: of its rows, or None.
        clauses: clauses that are kept as text.
    """

    database: str
    name: str
    options: TableOptions = TableOptions()
    columns: tuple[str, ...] = ()
    table: tuple[str, str] | None = None
    by: tuple[str, ...] = ()
    order_by: Ordering | None = None
    clauses: tuple[str, ...] = ()
    comment: str | None = None
    origin: Origin = Origin()
    stamp: Stamp = Stamp()

    @property
    def kind(self) -> str:
        return "hash index"


class Database(Struct, frozen=True, omit_defaults=True, kw_only=True, tag="database"):
    """A database or user. Space is in bytes; None where not written or not read.

    Args:
        name: its name.
        kind: ``database`` or ``user``.
        owner: the immediate parent.
        options: of a user, each named by one of :data:`dbee_dbt.model.clauses.USER_OPTIONS`.
        clauses: clauses kept as text and not structured yet; never a password.
    """

    name: str
    kind: Literal["database", "user"] = "database"
    owner: str | None = None
    perm: float | None = None
    spool: float | None = None
    temporary: float | None = None
    account: str | None = None
    fallback: bool | None = None
    before_journal: str | None = None
    after_journal: str | None = None
    journal_table: str | None = None
    map: str | None = None
    options: tuple[Clause, ...] = ()
    clauses: tuple[str, ...] = ()
    comment: str | None = None
    origin: Origin = Origin()
    stamp: Stamp = Stamp()

    @property
    def database(self) -> str:
        """The database that the object lies in: itself."""
        return self.name


CatalogObject = Table | View | JoinIndex | HashIndex | CodeObject | Definition | Database


class ObjectKey(Struct, frozen=True, omit_defaults=True, order=True):
    """(kind, database, name) in the folded form in which names compare."""

    kind: str
    database: str
    name: str

    @classmethod
    def of(cls, found: CatalogObject) -> ObjectKey:
        """The key of an object."""
        return cls(found.kind, fold(found.database), fold(found.name))

    @property
    def text(self) -> str:
        """The object's name as it stands in SQL."""
        return qualified("", self.name) if self.kind in ("database", "user") else qualified(self.database, self.name)


def shown_name(found: CatalogObject) -> str:
    """The object's qualified name as written, quoted where needed."""
    return qualified("" if isinstance(found, Database) else found.database, found.name)
