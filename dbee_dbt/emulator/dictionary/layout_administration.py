"""Columns of the DBC views on rights, roles, users, statistics, triggers and functions; see ``layout``."""

from __future__ import annotations

RIGHTS = """
    UserName name
    DatabaseName name
    TableName name
    ColumnName name
    AccessRight char2
    GrantAuthority char1
    GrantorName name
    AllnessFlag char1
    CreatorName name -
    CreateTimeStamp stamp
"""

ROLE_RIGHTS = """
    RoleName name
    DatabaseName name
    TableName name
    ColumnName name
    AccessRight char2
    GrantorName name
    CreateTimeStamp stamp
"""

MEMBERS = """
    RoleName name
    Grantor name
    Grantee name
    WhenGranted stamp
    DefaultRole char1 -
    WithAdmin char1
"""

CONNECT_RULES = """
    TrustUser name
    ProxyUser name
    ProxyUserType char1
    TrustOnly char1
    ProfileName name
    WithoutRole char1
    ProxyRole1 name
    ProxyRole2 name
    ProxyRole3 name
    ProxyRole4 name
    ProxyRole5 name
    ProxyRole6 name
    ProxyRole7 name
    ProxyRole8 name
    ProxyRole9 name
    ProxyRole10 name
    ProxyRole11 name
    ProxyRole12 name
    ProxyRole13 name
    ProxyRole14 name
    ProxyRole15 name
"""

LOGON_RULES = """
    UserName name
    LogicalHostID smallint
    LogonStatus char1
    NullPassword char1
    CreatorName name
    CreateTimeStamp stamp
"""

ROLES = """
    RoleName name
    CreatorName name
    CommentString text255
    CreateTimeStamp stamp
"""

PROFILES = """
    ProfileName name
    DefaultAccount name
    DefaultDB name
    SpoolSpace float
    TempSpace float
    CommentString text255
    CreatorName name
    CreateTimeStamp stamp
"""

USERS = """
    UserName name
    CreatorName name
    PasswordLastModDate date -
    PasswordLastModTime float -
    OwnerName name
    PermSpace float
    SpoolSpace float
    TempSpace float
    ProtectionType char1
    JournalFlag char2
    StartupString text255 -
    DefaultAccount name
    DefaultDatabase name
    CommentString text255
    DefaultCollation char1 -
    PasswordChgDate date -
    LockedDate date -
    LockedTime integer -
    LockedCount smallint -
    TimeZoneHour smallint -
    TimeZoneMinute smallint -
    DefaultDateForm char1 -
    CreateTimeStamp stamp
    LastAlterName name
    LastAlterTimeStamp stamp
    DefaultCharType smallint -
    RoleName name
    ProfileName name
    AccessCount bigint -
    LastAccessTimeStamp stamp -
"""

STATISTICS = """
    DatabaseName name
    TableName name
    ColumnName text8192
    FieldIdList text8192
    StatsName name
    ExpressionCount smallint -
    StatsId integer
    StatsType char1
    StatsSource char1
    ValidStats char1 -
    DBSVersion text32 -
    IndexNumber smallint -
    SampleSignature text16 -
    SampleSizePct float -
    ThresholdSignature text32 -
    MaxIntervals smallint -
    MaxValueLength integer -
    RowCount bigint
    UniqueValueCount bigint -
    PNullUniqueValueCount bigint -
    NullCount bigint -
    AllNullCount bigint -
    HighModeFreq bigint -
    PNullHighModeFreq bigint -
    StatsSkipCount integer -
    CreateTimeStamp stamp
    LastCollectTimeStamp stamp
    LastAlterTimeStamp stamp
    BLCCompRatio smallint -
"""

# "DELETE DATABASE and Error Tables" (B035-1184).
ERROR_TABLES = """
    BaseTblDbName name
    BaseTblName name
    ErrTblDbName name
    ErrTblName name
"""

# Data Dictionary (B035-1092), "TriggersV[X]".
TRIGGERS = """
    DatabaseName name
    SubjectTableDatabaseName name
    TableName name
    TriggerName name
    EnabledFlag char1
    ActionTime char1
    Event char1
    Kind char1
    OrderNumber smallint
    TriggerComment text255
    RequestText text12500
    CreatorName name
    CreateTimeStamp stamp
    LastAlterName name
    LastAlterTimeStamp stamp
    AccessCount bigint -
    LastAccessTimeStamp stamp -
    CreateTxtOverflow char1 -
    VTEventType char1 -
    TTEventType char1 -
"""

FUNCTIONS = """
    DatabaseName name
    FunctionName name
    SpecificName name
    FunctionId text8 -
    NumParameters smallint
    ParameterDataTypes text256 -
    FunctionType char1 -
    ExternalName text30 -
    SrcFileLanguage char1 -
    NoSQLDataAccess char1 -
    ParameterStyle char1 -
    DeterministicOpt char1
    NullCall char1 -
    PrepareCount char1 -
    ExecProtectionMode char1 -
    ExtFileReference text1000 -
    CharacterType smallint -
    Platform text8 -
    InterimFldSize integer -
    RoutineKind char1 -
    ParameterUDTIds text1024 -
    AuthIdUsed text8 -
    MaxOutParameters smallint -
    GLOPSetDatabaseName name -
    GLOPSetMemberName name -
    RefQueryband char1 -
    ExecMapName name -
    ExecMapColocName name -
"""
