"""An object that says something about every facet, and changes of exactly one facet: one entry for each facet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from dbee_dbt.ddl.types import read_type
from dbee_dbt.model.clauses import USER_OPTIONS, Clause, Parameter
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
    Ordering,
    PrimaryIndex,
    SecondaryIndex,
    Table,
    TableOptions,
    View,
)
from dbee_dbt.model.table_parts import ColumnGroup, DerivedPeriod, TimeIndex

TABLE = Table(
    database="D",
    name="T",
    set_kind="MULTISET",
    options=TableOptions(fallback=False, before_journal="NO", after_journal="NO", checksum="DEFAULT", map="M1"),
    columns=(
        Column(name="ID", type=read_type("INTEGER"), identity=Identity(True, 1, 1, 1, 999, False), nullable=False),
        Column(
            name="NAME",
            type=read_type("VARCHAR(40) CHARACTER SET LATIN"),
            default="'x'",
            format="X(9)",
            title="a title",
            case_specific=False,
            compress=Compression(values=("'a'", "'b'")),
            checks=("NAME <> 'no'",),
        ),
        Column(name="DAY_", type=read_type("DATE"), format="YYYY-MM-DD"),
    ),
    primary_index=PrimaryIndex(columns=("ID",)),
    partitioning=("RANGE_N(ID BETWEEN 1 AND 9 EACH 1)",),
    indexes=(SecondaryIndex(columns=("NAME",)), SecondaryIndex(name="I2", unique=True, columns=("ID", "NAME"))),
    constraints=(
        Constraint(kind="unique", columns=("ID", "DAY_")),
        Constraint(kind="foreign key", name="FK", columns=("ID",), parent=("D", "P"), parent_columns=("A",)),
        Constraint(kind="check", name="CK", expression="ID > 0"),
    ),
)
KEY = Constraint(kind="primary key", columns=("ID",))
# A primary key is told from others by being one, so its name is a facet; the others are told by their names.
KEYED = replace(TABLE, constraints=(*TABLE.constraints, KEY))
TEMPORARY = replace(TABLE, temporary="GLOBAL TEMPORARY", on_commit="DELETE", options=TableOptions(log=True))
VIEW = View(
    database="D",
    name="V",
    text="REPLACE VIEW D.V (A, B) AS SELECT 1, 2",
    columns=(Column(name="A", nullable=None), Column(name="B", nullable=None)),
)
MACRO = CodeObject(kind="macro", database="D", name="M", text="CREATE MACRO D.M AS (SELECT 1;)", parameters=())
PROFILE = Definition(
    kind="profile",
    database="",
    name="R",
    clauses=(Clause("SPOOL", "1000"), Clause("PASSWORD EXPIRE", "90"), Clause("PASSWORD MINCHAR", "8")),
)


def procedure(
    parameters: str = "A INTEGER, B VARCHAR(9) CHARACTER SET LATIN", *read: Parameter, body: str = "SET X = 1;"
) -> CodeObject:
    """A procedure of these parameters, as written and as read."""
    text = f"CREATE PROCEDURE D.P ({parameters}) SQL SECURITY OWNER BEGIN {body} END"
    clauses = (Clause("SQL SECURITY", "OWNER"),)
    return CodeObject(kind="procedure", database="D", name="P", text=text, parameters=read or (A, B), clauses=clauses)


A = Parameter(name="A", type=read_type("INTEGER"))
B = Parameter(name="B", type=read_type("VARCHAR(9) CHARACTER SET LATIN"))
PROCEDURE = procedure()
JOIN_INDEX = JoinIndex(
    database="D",
    name="J",
    options=TableOptions(fallback=False),
    query="SELECT A, SUM(B) AS S FROM D.T GROUP BY A",
    order_by=Ordering("VALUES", ("A",)),
    primary_index=PrimaryIndex(columns=("A",)),
    partitioning=("RANGE_N(A BETWEEN 1 AND 9 EACH 1)",),
    indexes=(SecondaryIndex(columns=("S",)),),
)
HASH_INDEX = HashIndex(database="D", name="H", columns=("A", "B"), table=("D", "T"), by=("A",))
DATABASE = Database(name="D", owner="DBC", perm=1e9, spool=2.5, fallback=False, before_journal="NO", after_journal="NO")

Change = Callable[[], tuple[CatalogObject, CatalogObject]]
"""Makes an object before and after."""


def _set(base: Any, **fields: Any) -> Change:
    return lambda: (base, replace(base, **fields))


def _parameters(text: str, *read: Parameter) -> Change:
    return lambda: (PROCEDURE, procedure(text, *read))


def _second(text: str, **fields: Any) -> Change:
    """The parameter B written otherwise."""
    return _parameters(f"A INTEGER, {text}", A, replace(B, **fields))


_VALUES = {
    "STARTUP": ("'SET SESSION DATEFORM = ANSIDATE;'", "NULL"),
    "COLLATION": ("ASCII", "HOST"),
    "TIME ZONE": ("'01:00'", "LOCAL"),
    "DATEFORM": ("ANSIDATE", "INTEGERDATE"),
    "DEFAULT CHARACTER SET": ("LATIN", "UNICODE"),
    "EXPORTWIDTH": ("'MAXIMUM'", "DEFAULT"),
    "TRANSFORM": ("(DATE = g)", "(DATE = h)"),
    "DBA": ("DBA", "NOT DBA"),
    "CONSTRAINT": ("c (l1 DEFAULT)", "c (l2), d (NULL)"),
}


def _user(name: str) -> Change:
    """A user with one option, and with another value of it."""
    one, other = _VALUES.get(name, ("one", '"another one"'))
    user = Database(name="U", kind="user", owner="D", perm=0.0)
    return lambda: (replace(user, options=(Clause(name, one),)), replace(user, options=(Clause(name, other),)))


def _option(**fields: Any) -> Change:
    return lambda: (TABLE, replace(TABLE, options=replace(TABLE.options, **fields)))


def _column(place: int, **fields: Any) -> Change:
    return _part("columns", place, fields)


def _index(place: int, **fields: Any) -> Change:
    return _part("indexes", place, fields)


def _constraint(place: int, **fields: Any) -> Change:
    return _part("constraints", place, fields)


def _part(field: str, place: int, fields: dict[str, Any]) -> Change:
    parts = list(getattr(TABLE, field))
    parts[place] = replace(parts[place], **fields)
    return _set(TABLE, **{field: tuple(parts)})


def _identity(**fields: Any) -> Change:
    identity = TABLE.columns[0].identity
    assert identity is not None
    return _column(0, identity=replace(identity, **fields))


def _type(text: str) -> Change:
    return _column(1, type=read_type(text))


def _index_of(**fields: Any) -> Change:
    return _set(TABLE, primary_index=PrimaryIndex(**fields))


FOREIGN = Table(
    database="D",
    name="F",
    foreign=True,
    columns=TABLE.columns[1:],
    options=TableOptions(external_security="D.A"),
    using=(Clause("LOCATION", "'/s3/b'"), Clause("HEADER", "'TRUE'")),
    primary_index=PrimaryIndex(form="no primary index"),
)


def _time_index(**fields: Any) -> TimeIndex:
    usual = {"time_code": "DATE", "time_zero": "DATE '2020-01-01'", "bucket": "DAYS(1)", "columns": ("NAME",)}
    return TimeIndex(**{**usual, **fields})


SERIES = Table(database="D", name="S", columns=TABLE.columns[1:], time_index=_time_index())
COLUMNS_TURNED = TABLE.columns[::-1]

CHANGES: dict[str, tuple[Change, ...]] = {
    "table.set_kind": (_set(TABLE, set_kind="SET"),),
    "table.temporary": (_set(TEMPORARY, temporary="VOLATILE"),),
    "table.queue": (_set(TABLE, queue=True),),
    "table.column_order": (_set(TABLE, columns=COLUMNS_TURNED),),
    "table.primary_index": (
        _index_of(columns=("NAME",)),
        _index_of(columns=("ID", "NAME")),
        _index_of(columns=("ID",), unique=True),
        _index_of(form="primary amp", columns=("ID",)),
        _index_of(form="no primary index"),
        _set(TABLE, primary_index=None),
    ),
    "table.primary_index_name": (_index_of(columns=("ID",), name="a b"),),
    "table.partitioning": (
        _set(TABLE, partitioning=()),
        _set(
            TABLE,
            partitioning=("CASE_N(ID = 1, NO CASE OR UNKNOWN)", "RANGE_N(DAY_ BETWEEN 1 AND 9, NO RANGE, UNKNOWN)"),
        ),
        _set(TABLE, partitioning=("COLUMN", "EXTRACT(YEAR FROM DAY_)")),
    ),
    "table.on_commit": (_set(TEMPORARY, on_commit="PRESERVE"), _set(TEMPORARY, on_commit=None)),
    "table.trace": (_set(TEMPORARY, trace=True),),
    "table.using": (
        _set(FOREIGN, using=(Clause("LOCATION", "'/s3/a'"),)),
        _set(FOREIGN, using=(Clause("LOCATION", "'/s3/b'"), Clause("STOREDAS", "'PARQUET'"))),
    ),
    "table.periods": (
        _set(TABLE, periods=(DerivedPeriod("VT", "A", "B"),)),
        _set(TABLE, periods=(DerivedPeriod("VT", "A", "B", "VALIDTIME"), DerivedPeriod("a b", "C", "D"))),
    ),
    "table.column_groups": (
        _set(TABLE, column_groups=(ColumnGroup("COLUMN", ("ID", "NAME")),)),
        _set(TABLE, column_groups=(ColumnGroup("ROW", ("NAME", "DAY_"), auto_compress=False),)),
    ),
    "table.time_index": (
        _set(SERIES, time_index=_time_index(bucket="HOURS(1)")),
        _set(SERIES, time_index=_time_index(time_zero=None)),
        _set(SERIES, time_index=_time_index(columns=("ID",))),
        _set(SERIES, time_index=_time_index(name="a b")),
        _set(SERIES, time_index=_time_index(time_code="TIMESTAMP(6)")),
        _set(SERIES, time_index=_time_index(sequence="SEQUENCED(20000)")),
    ),
    "table.normalize": (_set(TABLE, normalize="NORMALIZE ALL BUT(ID) ON VT"),),
    "table.without_overlaps": (_index_of(columns=("ID",), without_overlaps=True),),
    "table.elements": (_set(TABLE, elements=("LIKE D.S", "FROB(A)")),),
    "table.clauses": (_set(TABLE, clauses=("NEW CLAUSE",)),),
    "table.comment": (_set(TABLE, comment="it's all;\n-- no comment"),),
    "option.fallback": (_option(fallback=True), _option(fallback=None)),
    "option.before_journal": (_option(before_journal="DUAL"), _option(before_journal="SINGLE")),
    "option.after_journal": (_option(after_journal="LOCAL"), _option(after_journal="NOT LOCAL")),
    "option.journal_table": (_option(journal_table='D."j 1"'),),
    "option.checksum": (_option(checksum="ON"), _option(checksum="OFF")),
    "option.data_block_size": (_option(data_block_size="130560 BYTES"), _option(data_block_size="MAXIMUM")),
    "option.merge_block_ratio": (_option(merge_block_ratio="60"), _option(merge_block_ratio="NO")),
    "option.free_space": (_option(free_space="10"), _option(free_space="DEFAULT")),
    "option.block_compression": (_option(block_compression="AUTOTEMP"),),
    "option.block_compression_algorithm": (_option(block_compression_algorithm="ZLIB"),),
    "option.block_compression_level": (_option(block_compression_level="6"),),
    "option.map": (_option(map="M 2"), _option(map=None)),
    "option.colocate": (_option(colocate="c 1"),),
    "option.isolated_loading": (_option(isolated_loading="WITH CONCURRENT ISOLATED LOADING FOR ALL"),),
    "option.log": (_option(log=True), _option(log=False)),
    "option.external_security": (_option(external_security="DEFINER TRUSTED A"), _option(external_security='D."a b"')),
    "option.other": (_option(other=("STORAGE = TD_OFSSTORAGE", "NEW OPTION")),),
    "column.type": (_type("VARCHAR(41) CHARACTER SET LATIN"), _type("CHAR(40) CHARACTER SET LATIN")),
    "column.charset": (_type("VARCHAR(40) CHARACTER SET UNICODE"), _type("VARCHAR(40)")),
    "column.nullable": (_column(1, nullable=False),),
    "column.default": (
        _column(1, default=None),
        _column(1, default="-0.5"),
        _column(1, default="CURRENT_TIMESTAMP(0)"),
    ),
    "column.with_default": (_column(1, with_default=True),),
    "column.format": (_column(1, format="XXX''"), _column(2, format=None)),
    "column.title": (_column(1, title=None), _column(1, title="it's")),
    "column.uppercase": (_column(1, uppercase=True),),
    "column.case_specific": (_column(1, case_specific=True), _column(1, case_specific=None)),
    "column.compress": (
        _column(1, compress=None),
        _column(1, compress=Compression()),
        _column(1, compress=Compression(values=("'a'",))),
        _column(1, compress=Compression(values=("0.5", "-3", "12"))),
        _column(1, compress=Compression(algorithm="A.F", reverse='A."g h"')),
        _column(1, compress=Compression(auto=True)),
    ),
    "column.identity": (_identity(always=False),),
    "column.identity_numbers": (
        _identity(start=-5),
        _identity(increment=10),
        _identity(minimum=-7),
        _identity(maximum=10**9),
        _identity(cycle=True),
    ),
    "column.checks": (_column(1, checks=()), _column(1, checks=("NAME <> 'no'", "NAME LIKE ANY ('a', 'b')"))),
    "column.comment": (_column(1, comment='it\'s "a" comment'),),
    "column.inline_length": (_type("VARCHAR(40) CHARACTER SET LATIN INLINE LENGTH 30"),),
    "column.storage_format": (_type("VARCHAR(40) CHARACTER SET LATIN STORAGE FORMAT AVRO WITH SCHEMA D.S"),),
    "column.time": (_column(2, time="VALIDTIME"), _column(2, time="TRANSACTIONTIME")),
    "column.row_time": (_column(2, row_time="START"), _column(2, row_time="END")),
    "column.time_column": (_column(2, time_column=True),),
    "column.row_security": (
        lambda: (
            replace(TABLE, columns=(*TABLE.columns, Column(name="LABEL"))),
            replace(TABLE, columns=(*TABLE.columns, Column(name="LABEL", row_security=True))),
        ),
    ),
    "column.attributes": (_column(1, attributes=("NEW ATTRIBUTE",)),),
    "level.definition": (_set(TABLE, partitioning=("RANGE_N(ID BETWEEN 1 AND 9 EACH 2)",)),),
    "level.added": (_set(TABLE, partitioning=("RANGE_N(ID BETWEEN 1 AND 9 EACH 1) ADD 4",)),),
    "index.unique": (_index(0, unique=True), _index(1, unique=False)),
    "index.name": (_index(0, name="all"), _index(1, name=None)),
    "index.all_rows": (_index(0, all_rows=True),),
    "index.order_by": (_index(0, order_by=("VALUES", "NAME")), _index(1, order_by=("HASH", "NAME"))),
    "index.load_identity": (_index(0, load_identity=True), _index(1, load_identity=False)),
    "constraint.definition": (
        _constraint(1, parent=("D", "P 2")),
        _constraint(1, parent_columns=()),
        _constraint(1, columns=("DAY_",)),
        _constraint(2, expression="(ID + 1) * 2 > 0 AND NAME IS NOT NULL"),
    ),
    "constraint.name": (_set(KEYED, constraints=(*TABLE.constraints, replace(KEY, name="a b"))),),
    "constraint.check_option": (_constraint(1, check_option=True), _constraint(1, check_option=False)),
    "constraint.time": (_constraint(1, time="SEQUENCED VALIDTIME AND CURRENT TRANSACTIONTIME"),),
    "constraint.without_overlaps": (_constraint(0, without_overlaps=True),),
    "view.text": (_set(VIEW, text="REPLACE VIEW D.V (A, B) AS SELECT 1, 3"),),
    "view.column_order": (_set(VIEW, text="REPLACE VIEW D.V (B, A) AS SELECT 1, 2", columns=VIEW.columns[::-1]),),
    "view.comment": (_set(VIEW, comment="a view"),),
    "join index.query": (_set(JOIN_INDEX, query="SELECT A, SUM(B) AS S FROM D.T WHERE A > 1 GROUP BY A"),),
    "join index.order_by": (
        _set(JOIN_INDEX, order_by=None),
        _set(JOIN_INDEX, order_by=Ordering("HASH", ("A",))),
        _set(JOIN_INDEX, order_by=Ordering("HASH")),
    ),
    "join index.primary_index": (
        _set(JOIN_INDEX, primary_index=PrimaryIndex(columns=("S",))),
        _set(JOIN_INDEX, primary_index=PrimaryIndex(form="no primary index")),
    ),
    "join index.primary_index_name": (_set(JOIN_INDEX, primary_index=PrimaryIndex(name="p", columns=("A",))),),
    "join index.partitioning": (_set(JOIN_INDEX, partitioning=()), _set(JOIN_INDEX, partitioning=("COLUMN",))),
    "join index.clauses": (_set(JOIN_INDEX, clauses=("NEW CLAUSE",)),),
    "join index.comment": (_set(JOIN_INDEX, comment="sums"),),
    "hash index.table": (_set(HASH_INDEX, table=("D", "U v")),),
    "hash index.columns": (_set(HASH_INDEX, columns=("B",)),),
    "hash index.by": (_set(HASH_INDEX, by=()), _set(HASH_INDEX, by=("A", "B"))),
    "hash index.order_by": (
        _set(HASH_INDEX, order_by=Ordering("VALUES", ("B",))),
        _set(HASH_INDEX, order_by=Ordering("HASH", ("A", "B"))),
    ),
    "hash index.clauses": (_set(HASH_INDEX, clauses=("NEW CLAUSE",)),),
    "hash index.comment": (_set(HASH_INDEX, comment="a hash index"),),
    "code.text": (
        _set(MACRO, text="CREATE MACRO D.M AS (SELECT 2;)"),
        lambda: (PROCEDURE, procedure(body="SET X = 2;")),
    ),
    "code.parameter_order": (_parameters("B VARCHAR(9) CHARACTER SET LATIN, A INTEGER", B, A),),
    "code.comment": (_set(MACRO, comment="a macro"),),
    "definition.comment": (_set(PROFILE, comment="it's a profile"),),
    "parameter.type": (
        _second("B VARCHAR(10) CHARACTER SET LATIN", type=read_type("VARCHAR(10) CHARACTER SET LATIN")),
        _second("B CHAR(9) CHARACTER SET LATIN", type=read_type("CHAR(9) CHARACTER SET LATIN")),
    ),
    "parameter.charset": (_second("B VARCHAR(9)", type=read_type("VARCHAR(9)")),),
    "parameter.mode": (
        _second("OUT B VARCHAR(9) CHARACTER SET LATIN", mode="OUT"),
        _second("INOUT B VARCHAR(9) CHARACTER SET LATIN", mode="INOUT"),
    ),
    "parameter.default": (_second("B VARCHAR(9) CHARACTER SET LATIN DEFAULT 'x'", default="'x'"),),
    "parameter.attributes": (
        _second("B VARCHAR(9) CHARACTER SET LATIN NOT CASESPECIFIC", attributes=("NOT CASESPECIFIC",)),
    ),
    "clause.value": (
        _set(PROFILE, clauses=(Clause("SPOOL", "NULL"), *(PROFILE.clauses or ())[1:])),
        _set(PROFILE, clauses=(*(PROFILE.clauses or ())[:2], Clause("PASSWORD MINCHAR", "9"))),
    ),
    "database.owner": (_set(DATABASE, owner="my owner"), _set(DATABASE, owner=None)),
    "database.perm": (_set(DATABASE, perm=None), _set(DATABASE, perm=123456789012345.0)),
    "database.spool": (_set(DATABASE, spool=1.0),),
    "database.temporary": (_set(DATABASE, temporary=0.0),),
    "database.account": (_set(DATABASE, account="it's"),),
    "database.fallback": (_set(DATABASE, fallback=True),),
    "database.before_journal": (_set(DATABASE, before_journal="DUAL"),),
    "database.after_journal": (_set(DATABASE, after_journal="LOCAL"),),
    "database.journal_table": (_set(DATABASE, journal_table='"d 1".J'),),
    "database.map": (_set(DATABASE, map="M"),),
    **{f"database.{name.lower().replace(' ', '_')}": (_user(name),) for name in USER_OPTIONS},
    "database.clauses": (_set(DATABASE, clauses=("NEW OPTION = 'x'",)),),
    "database.comment": (_set(DATABASE, comment="it's mine"),),
}
"""By facet path: changes that concern this facet and no other."""
_HEADER = "parameter.type parameter.charset parameter.mode parameter.default parameter.attributes code.parameter_order"
ALSO = {
    "table.partitioning": {"level.definition"},
    "join index.partitioning": {"level.definition"},
    "view.column_order": {"view.text"},
    **{path: {"code.text"} for path in _HEADER.split()},
}
"""Facets that cannot change alone: a view's columns and a header stand in the source text."""
