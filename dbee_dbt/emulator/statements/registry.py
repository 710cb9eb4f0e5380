"""The dispatch table: every statement that is emulated."""

from __future__ import annotations

from dbee_dbt.ddl import statements as ast
from dbee_dbt.emulator.statements import (
    administration,
    alter,
    code,
    comments,
    databases,
    definitions,
    drop_rename,
    help_column,
    indexes,
    join_indexes,
    macros,
    queries,
    rights,
    session_settings,
    show,
    statistics,
    table_as,
    tables,
    views,
)
from dbee_dbt.emulator.statements import help as helps
from dbee_dbt.emulator.statements.handler import Expansion, Handler

HANDLERS: dict[type, Handler | Expansion] = {
    ast.Query: Handler(queries.query, "SELECT …, WITH …; LOCKING in front"),
    ast.Dml: Handler(queries.dml, "INSERT, UPDATE, DELETE, MERGE; LOCKING in front"),
    ast.Explain: Handler(
        queries.explain, "EXPLAIN", note="Refused by name: there is no optimizer whose plan could be told."
    ),
    ast.CreateTable: Handler(
        tables.create_table,
        "CREATE [SET|MULTISET] [VOLATILE|GLOBAL TEMPORARY] TABLE (columns)",
        ddl=True,
        note="What is not understood is refused by name; so are rows of a table with partitioning that is not.",
    ),
    ast.CreateTableAs: Handler(
        table_as.create_table_as,
        "CREATE TABLE … AS (query) or AS table, WITH [NO] DATA [AND [NO] STATISTICS]",
        ddl=True,
    ),
    ast.AlterTable: Handler(
        alter.alter_table,
        "ALTER TABLE … ADD, DROP, RENAME, MODIFY of columns, constraints, derived periods, primary index, partitioning "
        "and ranges; options",
        ddl=True,
        note="Where Teradata's error number is not known, a refusal by name stands for it. That SHOW TABLE prints an "
        "added range beside the others is not confirmed. TO CURRENT, REVALIDATE, RELEASE ROWS, DOWN, FROM TIME ZONE, "
        "temporal and foreign tables, column partitions and WITH INSERT of rows are refused by name.",
    ),
    ast.CreateIndex: Handler(indexes.create_index, "CREATE [UNIQUE] INDEX", ddl=True),
    ast.DropIndex: Handler(indexes.drop_index, "DROP INDEX", ddl=True),
    ast.CreateView: Handler(
        views.create_view,
        "CREATE VIEW, REPLACE VIEW",
        ddl=True,
        note="WITH CHECK OPTION is recorded and not enforced.",
    ),
    ast.CreateCode: Handler(
        code.create_code,
        "CREATE or REPLACE MACRO, PROCEDURE, FUNCTION, TRIGGER",
        ddl=True,
        note="Kept and listed with their text, not checked, and not run; a function LANGUAGE SQL is.",
    ),
    ast.CreateDefinition: Handler(
        definitions.create_definition,
        "CREATE or REPLACE TYPE, CAST, ORDERING, TRANSFORM, AUTHORIZATION, FOREIGN SERVER, GLOP SET, SCHEMA, "
        "CONSTRAINT, MAP, ZONE, ERROR TABLE; CREATE ROLE, PROFILE",
        ddl=True,
        note="Kept and listed. What belongs to a type, or to a table, needs it; nothing else is checked.",
    ),
    ast.CreateJoinIndex: Handler(
        join_indexes.create_join_index,
        "CREATE JOIN INDEX",
        ddl=True,
        note="Kept and listed; no query reads from it. One with MIN, MAX, ROWID, or an expression "
        "of which the type is not known, has no rows in ColumnsV and IndicesV.",
    ),
    ast.CreateHashIndex: Handler(
        join_indexes.create_hash_index, "CREATE HASH INDEX", ddl=True, note="Kept and listed."
    ),
    ast.DropObject: Handler(drop_rename.drop_object, "DROP of every kind that can be created", ddl=True),
    ast.RenameObject: Handler(
        drop_rename.rename_object, "RENAME TABLE, VIEW, MACRO, PROCEDURE, FUNCTION, TRIGGER", ddl=True
    ),
    ast.CreateDatabase: Handler(
        databases.create_database,
        "CREATE DATABASE, CREATE USER",
        ddl=True,
        note="Space is recorded and never runs out; passwords are dropped.",
    ),
    ast.ModifyDatabase: Handler(databases.modify_database, "MODIFY DATABASE, MODIFY USER", ddl=True),
    ast.DeleteDatabase: Handler(databases.delete_database, "DELETE DATABASE, DELETE USER", ddl=True),
    ast.CommentOn: Handler(comments.comment_on, "COMMENT ON …", ddl=True),
    ast.Grant: Handler(
        rights.grant,
        "GRANT of rights, roles, CONNECT THROUGH, LOGON",
        ddl=True,
        note="Recorded, and never asked for. A right on a column keeps the column's name. OVERRIDE and rights on "
        "maps and zones are refused by name.",
    ),
    ast.Revoke: Handler(rights.revoke, "REVOKE of rights, roles, CONNECT THROUGH, LOGON", ddl=True),
    ast.AlterObject: Handler(
        code.alter_object,
        "ALTER TRIGGER … ENABLED or DISABLED; ALTER PROCEDURE, FUNCTION, METHOD … COMPILE, EXECUTE [NOT] PROTECTED",
        ddl=True,
        note="That SHOW TRIGGER then has the new state in its text is not confirmed. Nothing is compiled or checked: "
        "the time of the last alteration changes, NO SPL deletes the text. ALTER of other kinds is refused by name.",
    ),
    ast.ModifyProfile: Handler(definitions.modify_profile, "MODIFY PROFILE", ddl=True, note="Has no effect."),
    ast.Give: Handler(databases.give, "GIVE", ddl=True),
    ast.Operation: Handler(
        administration.refuse,
        "BEGIN, END and REPLACE QUERY LOGGING, LOGGING, QUERY CAPTURE, ISOLATED LOADING; CHECKPOINT, DIAGNOSTIC; "
        "LOCKING alone",
        note="Refused by name: there is nothing that they run.",
    ),
    ast.CollectStatistics: Handler(
        statistics.collect_statistics,
        "COLLECT STATISTICS, DROP STATISTICS",
        ddl=True,
        note="Of tables and join indexes. Columns, names, options, date and number of rows are recorded; nothing is "
        "computed.",
    ),
    ast.SetDatabase: Handler(session_settings.set_database, "DATABASE, SET SESSION DATABASE"),
    ast.SetSession: Handler(
        session_settings.set_session,
        "SET SESSION DATEFORM; others without an effect",
        note="SET TIME ZONE is refused.",
    ),
    ast.SetQueryBand: Handler(session_settings.set_query_band, "SET QUERY_BAND"),
    ast.Transaction: Handler(session_settings.transaction, "BT, ET, COMMIT, ROLLBACK, ABORT", ends=True),
    ast.Show: Handler(
        show.show,
        "SHOW TABLE, VIEW, MACRO, PROCEDURE, FUNCTION, METHOD, TRIGGER, JOIN INDEX, HASH INDEX, TYPE, CAST, "
        "FOREIGN SERVER, GLOP SET, SCHEMA, CONSTRAINT, STATISTICS; SHOW of a query",
        note="The query of a join index is shown as it was written. Refused by name, as what they print is not known: "
        "IN XML, QUALIFIED, SHOW ERROR TABLE, FILE, QUERY LOGGING, STATISTICS VALUES, and SHOW AUTHORIZATION, "
        "which has a password in its text.",
    ),
    ast.HelpColumn: Handler(help_column.help_column, "HELP COLUMN of a table or view"),
    ast.Help: Handler(
        helps.help_statement,
        "HELP TABLE, VIEW, DATABASE, USER, INDEX, JOIN INDEX, HASH INDEX, STATISTICS, VOLATILE TABLE, ERROR TABLE, "
        "SESSION, TRIGGER, MACRO, PROCEDURE, FUNCTION, METHOD, TYPE, CAST, CONSTRAINT",
        note="With the columns that are known. Refused by name, as what they tell is not known: TRANSFORM, SCHEMA, "
        "FOREIGN SERVER, TYPE … ATTRIBUTE or METHOD, PROCEDURE … ATTRIBUTES, and HELP 'word'.",
    ),
    ast.Call: Handler(code.call, "CALL", note="Refused by name: procedures are not run."),
    ast.ExecuteMacro: Expansion(
        macros.expand,
        "EXEC of a macro, its arguments by place or by name",
        note="A column that is a parameter must be named with AS.",
    ),
}
"""By class of what the statement says."""
