"""Objects that say something about every facet, one mutation for each facet, and hypothesis strategies over both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from dbee_dbt.model.catalog import Catalog, Defaults, catalog_of
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
    ObjectKey,
    Ordering,
    Origin,
    PrimaryIndex,
    SecondaryIndex,
    Table,
    TableOptions,
    View,
)
from dbee_dbt.model.table_parts import ColumnGroup, DerivedPeriod, TimeIndex
from dbee_dbt.model.types import DataType

KNOWN = Defaults(
    session_mode="ANSI",
    charset="LATIN",
    dateform="ANSIDATE",
    map="TD_MAP1",
    fallback={"SALES": False},
    journal={"SALES": ("NO", "NO")},
)

TABLE = Table(
    database="SALES",
    name="ORDERS",
    set_kind="MULTISET",
    columns=(
        Column(name="ID", type=DataType("INTEGER"), nullable=False, identity=Identity(always=True)),
        Column(name="NOTE", type=DataType("VARCHAR", length=40, charset="LATIN")),
        Column(name="AMOUNT", type=DataType("DECIMAL", precision=10, scale=2), compress=Compression(values=("0",))),
    ),
    primary_index=PrimaryIndex(columns=("ID",)),
    indexes=(SecondaryIndex(name="I1", columns=("NOTE",)),),
    constraints=(
        Constraint(kind="foreign key", name="FK1", columns=("NOTE",), parent=("SALES", "NOTES")),
        Constraint(kind="check", expression="AMOUNT > 0"),
    ),
    comment="orders",
)
VIEW = View(
    database="SALES",
    name="V",
    text="CREATE VIEW SALES.V AS SELECT A, B FROM SALES.T;",
    columns=(Column(name="A"), Column(name="B")),
)
MACRO = CodeObject(kind="macro", database="SALES", name="M", text="CREATE MACRO SALES.M AS (SELECT 1;);", parameters=())


def procedure(*parameters: Parameter, body: str = "SET B = 'x';") -> CodeObject:
    """A procedure of these parameters, in its text too."""
    return CodeObject(
        kind="procedure",
        database="SALES",
        name="P",
        text=f"CREATE PROCEDURE SALES.P ({', '.join(map(_written, parameters))}) SQL SECURITY OWNER BEGIN {body} END;",
        parameters=parameters,
        clauses=(Clause("SQL SECURITY", "OWNER"),),
    )


def _written(parameter: Parameter) -> str:
    default = f"DEFAULT {parameter.default}" if parameter.default else ""
    kind = parameter.type.text if parameter.type else ""
    return " ".join((parameter.mode or "", parameter.name, kind, *parameter.attributes, default))


A = Parameter(name="A", type=DataType("INTEGER"))
B = Parameter(name="B", type=DataType("VARCHAR", length=9), mode="OUT")
PROCEDURE = procedure(A, B)
PROFILE = Definition(kind="profile", database="", name="R", clauses=(Clause("SPOOL", "1000"),))
JOIN_INDEX = JoinIndex(
    database="SALES", name="J", query="SELECT ID, NOTE FROM SALES.ORDERS", primary_index=PrimaryIndex(columns=("ID",))
)
HASH_INDEX = HashIndex(database="SALES", name="H", columns=("ID", "NOTE"), table=("SALES", "ORDERS"))
SPACE = Database(
    name="SALES",
    owner="DBC",
    perm=1e9,
    spool=2e9,
    temporary=0.0,
    account="A1",
    fallback=False,
    before_journal="NO",
    after_journal="NO",
    journal_table="SALES.J",
    map="TD_MAP1",
    options=tuple(Clause(name, "ALL") for name in USER_OPTIONS),
)
EXAMPLES: dict[str, CatalogObject] = {
    "table": TABLE,
    "option": TABLE,
    "column": TABLE,
    "level": replace(TABLE, partitioning=("RANGE_N(ID BETWEEN 1 AND 9 EACH 1)",)),
    "index": TABLE,
    "constraint": TABLE,
    "view": VIEW,
    "code": PROCEDURE,
    "parameter": PROCEDURE,
    "definition": PROFILE,
    "clause": PROFILE,
    "join index": JOIN_INDEX,
    "hash index": HASH_INDEX,
    "database": SPACE,
}


def _column(name: str, change: Callable[[Column], Column]) -> Callable[[Table], Table]:
    """A change of one column, wherever it stands."""
    return lambda table: replace(table, columns=tuple(change(c) if c.name == name else c for c in table.columns))


def _note(**fields: Any) -> Callable[[Table], Table]:
    return _column("NOTE", lambda column: replace(column, **fields))


def _amount(**fields: Any) -> Callable[[Table], Table]:
    return _column("AMOUNT", lambda column: replace(column, **fields))


def _identity(**fields: Any) -> Callable[[Table], Table]:
    def change(column: Column) -> Column:
        assert column.identity is not None
        return replace(column, identity=replace(column.identity, **fields))

    return _column("ID", change)


def _at(items: tuple[Any, ...], place: int, item: Any) -> tuple[Any, ...]:
    return (*items[:place], item, *items[place + 1 :])


def _object(**fields: Any) -> Callable[[Any], Any]:
    return lambda found: replace(found, **fields)


def _option(**fields: Any) -> Callable[[Table], Table]:
    return lambda table: replace(table, options=replace(table.options, **fields))


def _index(**fields: Any) -> Callable[[Table], Table]:
    return lambda table: replace(table, indexes=(replace(table.indexes[0], **fields),))


def _foreign_key(**fields: Any) -> Callable[[Table], Table]:
    return lambda table: replace(table, constraints=_at(table.constraints, 0, replace(table.constraints[0], **fields)))


def _header(*parameters: Parameter) -> Callable[[CodeObject], CodeObject]:
    """Other parameters, in the text too."""
    made = procedure(*parameters)
    return lambda found: replace(found, parameters=made.parameters, text=_named_as(found, made))


def _named_as(found: CodeObject, made: CodeObject) -> str | None:
    before = (found.text or "").partition("(")[0]
    return before + "(" + (made.text or "").partition("(")[2]


def _parameter(**fields: Any) -> Callable[[CodeObject], CodeObject]:
    """Another parameter B."""
    return _header(A, replace(B, **fields))


def _user_option(name: str) -> Callable[[Database], Database]:
    """Another value of one option."""
    return lambda found: replace(
        found, options=tuple(replace(o, value="NONE") if o.name == name else o for o in found.options)
    )


def _turned(found: Any) -> Any:
    return replace(found, columns=found.columns[::-1])


# One way to change each facet and nothing else; a facet without one fails a test.
MUTATIONS: dict[str, Callable[[Any], CatalogObject]] = {
    "table.set_kind": _object(set_kind="SET"),
    "table.temporary": _object(temporary="VOLATILE", options=TableOptions(before_journal="NO", after_journal="NO")),
    "table.queue": _object(queue=True),
    "table.column_order": _turned,
    "table.primary_index": _object(primary_index=PrimaryIndex(columns=("NOTE",))),
    "table.primary_index_name": _object(primary_index=PrimaryIndex(name="PI", columns=("ID",))),
    "table.partitioning": _object(partitioning=("RANGE_N(ID BETWEEN 1 AND 9 EACH 1)",)),
    "table.on_commit": _object(on_commit="DELETE"),
    "table.trace": _object(trace=True),
    "table.using": _object(using=(Clause("LOCATION", "'/s3/x'"),)),
    "table.periods": _object(periods=(DerivedPeriod("P", "A", "B"),)),
    "table.column_groups": _object(column_groups=(ColumnGroup("COLUMN", ("ID", "NOTE")),)),
    "table.time_index": _object(time_index=TimeIndex(time_code="TIMESTAMP(6)", columns=("ID",))),
    "table.normalize": _object(normalize="NORMALIZE ON P"),
    "table.without_overlaps": _object(primary_index=PrimaryIndex(columns=("ID",), without_overlaps=True)),
    "table.elements": _object(elements=("LIKE D.S",)),
    "table.clauses": _object(clauses=("NEW CLAUSE",)),
    "table.comment": _object(comment="all orders"),
    "option.fallback": _option(fallback=True),
    "option.before_journal": _option(before_journal="DUAL"),
    "option.after_journal": _option(after_journal="LOCAL"),
    "option.journal_table": _option(journal_table="SALES.J"),
    "option.checksum": _option(checksum="ON"),
    "option.data_block_size": _option(data_block_size="64 KBYTES"),
    "option.merge_block_ratio": _option(merge_block_ratio="60 PERCENT"),
    "option.free_space": _option(free_space="10 PERCENT"),
    "option.block_compression": _option(block_compression="MANUAL"),
    "option.block_compression_algorithm": _option(block_compression_algorithm="ZLIB"),
    "option.block_compression_level": _option(block_compression_level="6"),
    "option.map": _option(map="TD_MAP2"),
    "option.colocate": _option(colocate="NEAR"),
    "option.isolated_loading": _option(isolated_loading="WITH CONCURRENT ISOLATED LOADING FOR ALL"),
    "option.log": _option(log=False),
    "option.external_security": _option(external_security="DEFINER TRUSTED A"),
    "option.other": _option(other=("NEW OPTION",)),
    "column.type": _amount(type=DataType("DECIMAL", precision=12, scale=2)),
    "column.charset": _note(type=DataType("VARCHAR", length=40, charset="UNICODE")),
    "column.nullable": _note(nullable=False),
    "column.default": _note(default="'none'"),
    "column.with_default": _note(with_default=True),
    "column.format": _amount(format="ZZ9.99"),
    "column.title": _note(title="Remark"),
    "column.uppercase": _note(uppercase=True),
    "column.case_specific": _note(case_specific=False),
    "column.compress": _amount(compress=Compression(values=("0", "1"))),
    "column.identity": _identity(always=False),
    "column.identity_numbers": _identity(start=100),
    "column.checks": _note(checks=("NOTE > ''",)),
    "column.comment": _note(comment="free text"),
    "column.inline_length": _note(type=DataType("VARCHAR", length=40, charset="LATIN", inline_length=64)),
    "column.storage_format": _note(type=DataType("VARCHAR", length=40, charset="LATIN", storage_format="BSON")),
    "column.time": _note(time="VALIDTIME"),
    "column.row_time": _note(row_time="START"),
    "column.time_column": _note(time_column=True),
    "column.row_security": _note(row_security=True),
    "column.attributes": _note(attributes=("NEW ATTRIBUTE",)),
    "level.definition": _object(partitioning=("RANGE_N(ID BETWEEN 1 AND 9 EACH 3)",)),
    "level.added": _object(partitioning=("RANGE_N(ID BETWEEN 1 AND 9 EACH 1) ADD 5",)),
    "index.unique": _index(unique=True),
    "index.name": _index(name="I2"),
    "index.all_rows": _index(all_rows=True),
    "index.order_by": _index(order_by=("VALUES", "NOTE")),
    "index.load_identity": _index(load_identity=True),
    "constraint.definition": _foreign_key(parent=("SALES", "REMARKS")),
    "constraint.name": _foreign_key(name="FK2"),
    "constraint.check_option": _foreign_key(check_option=False),
    "constraint.time": _foreign_key(time="SEQUENCED VALIDTIME"),
    "constraint.without_overlaps": _foreign_key(without_overlaps=True),
    "view.text": _object(text="CREATE VIEW SALES.V AS SELECT A, B FROM SALES.U;"),
    "view.column_order": _turned,
    "view.comment": _object(comment="a view"),
    "join index.query": _object(query="SELECT ID FROM SALES.ORDERS"),
    "join index.order_by": _object(order_by=Ordering("VALUES", ("ID",))),
    "join index.primary_index": _object(primary_index=PrimaryIndex(columns=("NOTE",))),
    "join index.primary_index_name": _object(primary_index=PrimaryIndex(name="PI", columns=("ID",))),
    "join index.partitioning": _object(partitioning=("RANGE_N(ID BETWEEN 1 AND 9 EACH 1)",)),
    "join index.clauses": _object(clauses=("NEW CLAUSE",)),
    "join index.comment": _object(comment="a join index"),
    "hash index.table": _object(table=("SALES", "NOTES")),
    "hash index.columns": _object(columns=("ID",)),
    "hash index.by": _object(by=("NOTE",)),
    "hash index.order_by": _object(order_by=Ordering("HASH", ("ID",))),
    "hash index.clauses": _object(clauses=("NEW CLAUSE",)),
    "hash index.comment": _object(comment="a hash index"),
    "code.text": _object(text=procedure(A, B, body="SET B = 'y';").text),
    "code.parameter_order": _header(B, A),
    "code.comment": _object(comment="a procedure"),
    "definition.comment": _object(comment="a profile"),
    "parameter.type": _parameter(type=DataType("VARCHAR", length=10)),
    "parameter.charset": _parameter(type=DataType("VARCHAR", length=9, charset="UNICODE")),
    "parameter.mode": _parameter(mode="INOUT"),
    "parameter.default": _parameter(default="'x'"),
    "parameter.attributes": _parameter(attributes=("TITLE 'b'",)),
    "clause.value": _object(clauses=(Clause("SPOOL", "2000"),)),
    "database.owner": _object(owner="SYSDBA"),
    "database.perm": _object(perm=2e9),
    "database.spool": _object(spool=1e9),
    "database.temporary": _object(temporary=1.0),
    "database.account": _object(account="A2"),
    "database.fallback": _object(fallback=True),
    "database.before_journal": _object(before_journal="DUAL"),
    "database.after_journal": _object(after_journal="DUAL"),
    "database.journal_table": _object(journal_table="SALES.K"),
    "database.map": _object(map="TD_MAP2"),
    **{f"database.{name.lower().replace(' ', '_')}": _user_option(name) for name in USER_OPTIONS},
    "database.clauses": _object(clauses=("NEW CLAUSE",)),
    "database.comment": _object(comment="a database"),
}


def catalog(*objects: CatalogObject, defaults: Defaults = KNOWN, address: str = "dir:x") -> Catalog:
    """A catalog of these objects in which every default is known."""
    return catalog_of(address, objects, defaults=defaults)


def from_dictionary(found: Any) -> Any:
    """The object as if dictionary rows had told it."""
    return replace(found, origin=Origin("dictionary"))


_NAMES = st.sampled_from(["ORDERS", "V", "M", "T1", "t 2", "SALES"])
_DEFAULTS = st.sampled_from([KNOWN, Defaults(), Defaults(session_mode="TERA", charset="UNICODE")])


@st.composite
def _objects(draw: st.DrawFn) -> CatalogObject:
    found: Any = draw(st.sampled_from([TABLE, VIEW, JOIN_INDEX, HASH_INDEX, MACRO, PROCEDURE, PROFILE, SPACE]))
    for path in draw(st.lists(st.sampled_from(sorted(MUTATIONS)), max_size=4)):
        if EXAMPLES[path.partition(".")[0]] is type(found) or isinstance(found, type(EXAMPLES[path.partition(".")[0]])):
            found = MUTATIONS[path](found)
    if draw(st.booleans()) and hasattr(found, "columns"):
        found = replace(found, columns=found.columns[1:])
    return replace(found, name=draw(_NAMES), origin=Origin(draw(st.sampled_from(["ddl", "dictionary"]))))


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """Any catalog: mutated objects of both sources under known, partly known and unknown defaults."""
    found = {ObjectKey.of(made): made for made in draw(st.lists(_objects(), max_size=6))}
    return catalog_of("dir:any", found.values(), defaults=draw(_DEFAULTS))
