"""Columns of the DBC views, as docs/teradata/dictionary.md lists them.

One line a column: its name, its type, and ``-`` where the emulator does not fill it (selecting it is refused).
"""

from __future__ import annotations

import re

from msgspec import Struct

from dbee_dbt.emulator.dictionary import layout_administration as administration
from dbee_dbt.model.objects import Column
from dbee_dbt.model.types import DataType

_NAME = DataType("VARCHAR", length=128, charset="UNICODE")
_TYPES: dict[str, DataType] = {
    "name": _NAME,
    "smallint": DataType("SMALLINT"),
    "integer": DataType("INTEGER"),
    "bigint": DataType("BIGINT"),
    "float": DataType("FLOAT"),
    "date": DataType("DATE"),
    "stamp": DataType("TIMESTAMP", scale=0),
}


class DictionaryView(Struct, frozen=True, kw_only=True):
    """One DBC view.

    Args:
        name: as created.
        table: which table of rows is behind it.
        columns: all of them.
        unfilled: folded names of those that the emulator does not fill.
        qvci: True where it needs the QVCI feature.
    """

    name: str
    table: str
    columns: tuple[Column, ...]
    unfilled: frozenset[str]
    qvci: bool = False


def _columns(text: str) -> tuple[Column, ...]:
    return tuple(_column(*line.split()[:2]) for line in text.strip().splitlines())


def _column(name: str, kind: str) -> Column:
    found = re.fullmatch(r"(char|text)(\d+)", kind)
    if found is None:
        return Column(name=name, type=_TYPES[kind], case_specific=False if kind == "name" else None)
    base, length = (
        {"char": ("CHAR", "LATIN"), "text": ("VARCHAR", "UNICODE"), "latin": ("VARCHAR", "LATIN")},
        int(found[2]),
    )
    type_name, charset = base[found[1]]
    return Column(name=name, type=DataType(type_name, length=length, charset=charset), case_specific=False)


def _unfilled(text: str) -> frozenset[str]:
    return frozenset(line.split()[0].upper() for line in text.strip().splitlines() if line.endswith("-"))


_DATABASES = """
    DatabaseName name
    CreatorName name
    OwnerName name
    AccountName name
    ProtectionType char1
    JournalFlag char2
    PermSpace float
    SpoolSpace float
    TempSpace float
    CommentString text255
    CreateTimeStamp stamp
    LastAlterName name
    LastAlterTimeStamp stamp
    DBKind char1
    AccessCount bigint -
    LastAccessTimeStamp stamp -
    DefaultMapName name
    MapOverride char1 -
"""

_TABLES = """
    DataBaseName name
    TableName name
    Version smallint
    TableKind char1
    ProtectionType char1
    JournalFlag char2
    CreatorName name
    RequestText text12500
    CommentString text255
    ParentCount smallint
    ChildCount smallint -
    NamedTblCheckCount smallint
    UnnamedTblCheckExist char1
    PrimaryKeyIndexId smallint
    RepStatus char1 -
    CreateTimeStamp stamp
    LastAlterName name
    LastAlterTimeStamp stamp
    RequestTxtOverflow char1
    AccessCount bigint -
    LastAccessTimeStamp stamp -
    UtilVersion smallint -
    QueueFlag char1
    CommitOpt char1
    TransLog char1
    CheckOpt char1
    TemporalProperty char1
    ResolvedCurrent_Date date -
    ResolvedCurrent_Timestamp stamp -
    SystemDefinedJI char1 -
    VTQualifier char1 -
    TTQualifier char1 -
    PIColumnCount smallint -
    PartitioningLevels smallint
    LoadProperty text128 -
    CurrentLoadId integer -
    LoadIdLayout char1 -
    DelayedJI char1 -
    LastArchiveId integer -
    LastFullArchiveId integer -
    BlockSize integer -
    FreeSpacePercent smallint -
    MergeBlockRatio smallint -
    CheckSum char1 -
    BlockCompression char1 -
    BlockCompressionAlgorithm text128 -
    BlockCompressionLevel smallint -
    TableHeaderFormat smallint -
    RowSizeFormat smallint -
    MapName name
    ColocationName name
    TVMFlavor char1 -
"""

_TEXTS = """
    DataBaseName name
    TableName name
    TableKind char1
    RequestText text32000
    LineNo integer
"""

_COLUMNS = """
    DatabaseName name
    TableName name
    ColumnName name
    ColumnFormat text128
    ColumnTitle text256
    SPParameterType char1
    ColumnType char2
    ColumnUDTName name
    ColumnLength integer
    DefaultValue text1024
    Nullable char1
    CommentString text255
    DecimalTotalDigits smallint
    DecimalFractionalDigits smallint
    ColumnId smallint
    UpperCaseFlag char1
    Compressible char1
    CompressValue integer -
    ColumnConstraint text8192
    ConstraintCount smallint
    CreatorName name
    CreateTimeStamp stamp
    LastAlterName name
    LastAlterTimeStamp stamp
    CharType smallint
    IdColType char2
    AccessCount bigint -
    LastAccessTimeStamp stamp -
    CompressValueList text8192
    TimeDimension char1 -
    VTCheckType char1 -
    TTCheckType char1 -
    ConstraintId integer -
    ArrayColNumberOfDimensions smallint -
    ArrayColScope text128 -
    ArrayColElementType char2 -
    ArrayColElementUdtName name -
    PartitioningColumn char1
    ColumnPartitionNumber bigint -
    ColumnPartitionFormat char1 -
    ColumnPartitionAC char1 -
    PseudoUDTFieldId smallint -
    PseudoUDTFieldType char2 -
    StorageFormat text128 -
    DatasetSchemaName name -
    InlineLength integer -
    TSColumnType char2 -
"""

_INDICES = """
    DatabaseName name
    TableName name
    IndexNumber smallint
    IndexType char1
    UniqueFlag char1
    IndexName name
    ColumnName name
    ColumnPosition integer
    CreatorName name
    CreateTimeStamp stamp
    LastAlterName name
    LastAlterTimeStamp stamp
    IndexMode char1
    AccessCount bigint -
    LastAccessTimeStamp stamp -
    UniqueOrPK char1 -
    VTConstraintType char1 -
    TTConstraintType char1 -
    SystemDefinedJI char1 -
    IndexDatabaseName name -
    LDIType char1 -
    RowSizeFormat smallint -
    TimeZero stamp -
    TimeBucketUnit char1 -
    TimeBucketValue integer -
    TSFlags integer -
"""

_JOIN_INDICES = """
    DatabaseName name
    TableName name
    JoinIdxDatabaseName name
    JoinIdxName name
    IndexType char1
"""

_PARTITIONING = """
    DatabaseName name
    TableName name
    IndexName name
    IndexNumber smallint
    ConstraintType char1
    ConstraintText text16000
    ConstraintCollation char1 -
    CollationName name -
    CreatorName name
    CreateTimeStamp stamp
    CharSetID integer -
    SessionMode char1 -
    ResolvedCurrent_Date date -
    ResolvedCurrent_TimeStamp stamp -
    DefinedCombinedPartitions bigint -
    MaxCombinedPartitions bigint -
    PartitioningLevels smallint
    ColumnPartitioningLevel smallint -
"""

_REFERENCES = """
    IndexID smallint
    IndexName name
    ChildDB name
    ChildTable name
    ChildKeyColumn name
    ParentDB name
    ParentTable name
    ParentKeyColumn name
    InconsistencyFlag char1
    CreatorName name
    CreateTimeStamp stamp
"""

_TABLE_CHECKS = """
    DatabaseName name
    TableName name
    CheckName name
    TblCheck text16000
    CreatorName name
    CreateTimeStamp stamp
"""

_COLUMN_CHECKS = """
    DatabaseName name
    TableName name
    ColumnName name
    ColCheck text8192
    CreatorName name
    CreateTimeStamp stamp
"""

_CHILDREN = """
    Child name
    Parent name
"""

_INFO = """
    InfoKey text30
    InfoData text16384
"""

_CALENDAR = """
    calendar_date date
    day_of_week integer
    day_of_month integer
    day_of_year integer
    day_of_calendar integer
    weekday_of_month integer
    week_of_month integer
    week_of_year integer
    week_of_calendar integer
    month_of_quarter integer
    month_of_year integer
    month_of_calendar integer
    quarter_of_year integer
    quarter_of_calendar integer
    year_of_calendar integer
"""

_VIEWS: tuple[tuple[str, str, str], ...] = (
    ("DatabasesV DatabasesVX", "databases", _DATABASES),
    ("TablesV TablesVX", "tables", _TABLES),
    ("TableTextV TableTextVX", "texts", _TEXTS),
    ("ColumnsV ColumnsVX", "columns", _COLUMNS),
    ("ColumnsQV ColumnsQVX ColumnsJQV ColumnsJQVX", "resolved_columns", _COLUMNS),
    ("IndicesV IndicesVX", "indices", _INDICES),
    ("JoinIndicesV", "join_indices", _JOIN_INDICES),
    ("PartitioningConstraintsV PartitioningConstraintsVX", "partitioning", _PARTITIONING),
    ("All_RI_ChildrenV All_RI_ChildrenVX", "references", _REFERENCES),
    ("All_RI_ParentsV All_RI_ParentsVX", "references", _REFERENCES),
    ("ShowTblChecksV ShowTblChecksVX", "table_checks", _TABLE_CHECKS),
    ("ShowColChecksV ShowColChecksVX", "column_checks", _COLUMN_CHECKS),
    ("AllRightsV AllRightsVX", "rights", administration.RIGHTS),
    ("AllRoleRightsV", "role_rights", administration.ROLE_RIGHTS),
    ("RoleMembersV RoleMembersVX", "members", administration.MEMBERS),
    ("ConnectRulesV ConnectRulesVX", "connect_rules", administration.CONNECT_RULES),
    ("LogonRulesV", "logon_rules", administration.LOGON_RULES),
    ("RoleInfoV RoleInfoVX", "roles", administration.ROLES),
    ("ProfileInfoV ProfileInfoVX", "profiles", administration.PROFILES),
    ("UsersV", "users", administration.USERS),
    ("StatsV", "statistics", administration.STATISTICS),
    ("ErrorTblsV ErrorTblsVX", "error_tables", administration.ERROR_TABLES),
    ("TriggersV TriggersVX", "triggers", administration.TRIGGERS),
    ("FunctionsV FunctionsVX", "functions", administration.FUNCTIONS),
    ("ChildrenV ChildrenVX", "children", _CHILDREN),
    ("DBCInfoV DBCInfo", "info", _INFO),
)


def _named() -> dict[str, DictionaryView]:
    found: dict[str, DictionaryView] = {}
    for names, table, text in _VIEWS:
        columns, unfilled = _columns(text), _unfilled(text)
        for name in names.split():
            found[name.upper()] = DictionaryView(
                name=name, table=table, columns=columns, unfilled=unfilled, qvci="QV" in name
            )
    return found


DBC_VIEWS: dict[str, DictionaryView] = _named()
"""The views of database DBC by folded name."""

CALENDAR = DictionaryView(name="CALENDAR", table="calendar", columns=_columns(_CALENDAR), unfilled=frozenset())
"""SYS_CALENDAR.CALENDAR."""
