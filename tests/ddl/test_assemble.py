"""Scripts to objects: in order, what follows an object goes onto it, and everything is placed or refused."""

import pytest

from dbee_dbt.ddl.assemble import assemble
from dbee_dbt.ddl.script import split_script
from dbee_dbt.model.objects import CatalogObject, Database, Table, View, shown_name


def objects(*scripts: str) -> dict[str, CatalogObject]:
    found = assemble((f"{place}.sql", script) for place, script in enumerate(scripts))
    assert found.refusals == []
    return {shown_name(one): one for one in found.objects}


def table(*scripts: str) -> Table:
    (found,) = objects(*scripts).values()
    assert isinstance(found, Table)
    return found


def refusals(*scripts: str) -> list[str]:
    found = assemble((f"{i}.sql", script) for i, script in enumerate(scripts))
    return [refusal.what for refusal in found.refusals]


def counted(*scripts: str) -> dict[str, int]:
    found = assemble((f"{i}.sql", script) for i, script in enumerate(scripts))
    assert found.refusals == []
    assert found.objects == []
    return found.counted


def test_database_holds_to_the_end_of_its_script() -> None:
    assert list(objects("DATABASE a; CREATE TABLE t (x INT); DATABASE b; CREATE VIEW v AS SELECT 1;")) == ["a.t", "b.v"]
    assert refusals("DATABASE a;", "CREATE TABLE t (x INT)") == [
        "the database of table t is not known: qualify its name or write DATABASE first"
    ]


def test_overloads_of_a_function_go_by_their_specific_names() -> None:
    one = "CREATE FUNCTION d.f (a INTEGER) RETURNS INTEGER SPECIFIC f_int LANGUAGE SQL RETURN a;"
    other = "CREATE FUNCTION d.f (a DATE) RETURNS INTEGER SPECIFIC d.f_date LANGUAGE SQL RETURN 1;"
    assert list(objects(one, other)) == ["d.f_int", "d.f_date"]


def test_an_object_knows_its_file_and_line() -> None:
    origin = table("-- head\n\nCREATE TABLE d.t (a INT);").origin
    assert (origin.source, origin.file, origin.line) == ("ddl", "0.sql", 3)


def test_indexes_and_comments_go_onto_their_table() -> None:
    found = table(
        "CREATE TABLE d.t (a INT, b INT);"
        "CREATE UNIQUE INDEX i (a), INDEX (b) ON d.t; DROP INDEX (b) ON d.t;"
        "COMMENT ON TABLE d.t IS 'all'; COMMENT ON COLUMN d.T.A IS 'first'; COMMENT d.t.b 'second'; COMMENT d.t.b '';"
    )
    assert [index.name for index in found.indexes] == ["i"]
    assert found.comment == "all"
    assert [column.comment for column in found.columns] == ["first", None]


def test_what_belongs_to_an_object_may_stand_in_an_earlier_script() -> None:
    found = table("COMMENT ON TABLE d.t IS 'x'; CREATE INDEX (a) ON d.t;", "CREATE TABLE d.t (a INT)")
    assert (found.comment, len(found.indexes)) == ("x", 1)


def test_comments_reach_every_kind_of_object() -> None:
    found = objects(
        "CREATE DATABASE d AS PERM = 0; CREATE USER u AS PASSWORD = x, PERM = 0; CREATE VIEW d.v (a) AS SELECT 1;"
        "CREATE MACRO d.m AS (SELECT 1;); CREATE ROLE r;"
        "COMMENT ON DATABASE d 'D'; COMMENT ON USER u 'U'; COMMENT ON VIEW d.v 'V'; COMMENT ON COLUMN d.v.a 'A';"
        "COMMENT ON MACRO d.m 'M'; COMMENT d.m 'M2'; COMMENT ON ROLE r 'R';"
    )
    assert {name: one.comment for name, one in found.items()} == {"d": "D", "u": "U", "d.v": "V", "d.m": "M2", "r": "R"}
    view = found["d.v"]
    assert isinstance(view, View)
    assert view.columns[0].comment == "A"


def test_alter_table_is_applied() -> None:
    found = table(
        "CREATE TABLE d.t (a INT, b VARCHAR(10) TITLE 'x', c INT, e INT GENERATED ALWAYS AS IDENTITY, CONSTRAINT k CHECK (a > 0))"
        " PRIMARY INDEX (a);"
        "ALTER TABLE d.t ADD f DATE NOT NULL, ADD b VARCHAR(20), DROP c, RENAME a TO a2, DROP e IDENTITY;"
        "ALTER TABLE d.t ADD b COMPRESS ('x'), ADD UNIQUE (f), DROP CONSTRAINT k, FALLBACK;"
        "ALTER TABLE d.t MODIFY UNIQUE PRIMARY INDEX p (a2) PARTITION BY RANGE_N(a2 BETWEEN 1 AND 2);"
    )
    assert [(column.name, column.type.text if column.type else "") for column in found.columns] == [
        ("a2", "INTEGER"),
        ("b", "VARCHAR(20)"),
        ("e", "INTEGER"),
        ("f", "DATE"),
    ]
    b = found.columns[1]
    assert (b.title, b.compress.values if b.compress else None) == ("x", ("'x'",))
    assert found.columns[2].identity is None
    assert [constraint.kind for constraint in found.constraints] == ["unique"]
    assert found.options.fallback is True
    assert found.primary_index is not None
    assert (found.primary_index.name, found.primary_index.unique) == ("p", True)
    assert found.partitioning == ("RANGE_N(a2 BETWEEN 1 AND 2)",)


def test_modify_changes_what_it_says() -> None:
    (found,) = objects("CREATE DATABASE d FROM o AS PERM = 1, SPOOL = 2; MODIFY DATABASE d AS PERM = 5;").values()
    assert isinstance(found, Database)
    assert (found.owner, found.perm, found.spool) == ("o", 5.0, 2.0)


def test_drop_rename_and_replace_do_what_they_say() -> None:
    assert list(objects("DROP TABLE d.a; CREATE TABLE d.a (x INT); DROP TABLE D.A; CREATE TABLE d.b (x INT);")) == [
        "d.b"
    ]
    assert list(objects("CREATE TABLE d.a (x INT); RENAME TABLE d.a TO d.b;")) == ["d.b"]
    assert list(objects("CREATE DATABASE d; CREATE TABLE d.a (x INT); DELETE DATABASE d ALL;")) == ["d"]
    (view,) = objects("CREATE VIEW d.v AS SELECT 1;", "REPLACE VIEW D.V AS SELECT 2;").values()
    assert isinstance(view, View)
    assert view.text == "REPLACE VIEW D.V AS SELECT 2"


TAKEN = [
    ("CREATE TABLE d.t (a INT)", "\n  CREATE TABLE D.T (b INT)", "Table 'D.T'"),
    ("CREATE VIEW d.t AS SELECT 1", "\n  CREATE TABLE d.t (b INT)", "View 'd.t'"),
    ("CREATE TABLE d.t (a INT)", "\n  REPLACE VIEW d.t AS SELECT 1", "Table 'd.t'"),
    ("CREATE MACRO d.t AS (SELECT 1;)", "\n  CREATE JOIN INDEX d.t AS SELECT a FROM d.x", "Macro 'd.t'"),
    ("CREATE ROLE r", "\n  CREATE ROLE R", "Role 'R'"),
]


@pytest.mark.parametrize(("first", "second", "what"), TAKEN)
def test_the_second_object_of_a_name_is_refused_with_both_places(first: str, second: str, what: str) -> None:
    found = assemble([("a.sql", first), ("b.sql", f"{second}; CREATE TABLE d.other (a INT);")])
    (refusal,) = found.refusals
    assert refusal.what == f"line 2, column 3: {what} already exists: it is defined at a.sql:1"
    assert (refusal.file, refusal.line) == ("b.sql", 2)
    assert len(found.objects) == 2


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("CREATE TABLE a.b.c (x INT)", "column 17: expected something between the name and the '.': a name is database.object"),
        ("CREATE VIEW a.b.c AS SELECT 1", "column 16: expected something between the name and the '.': a name is database.object"),
        ("CREATE MACRO a.b.c AS (SELECT 1;)", "column 17: expected something between the name and the '.': a name is database.object"),
        ('CREATE TABLE d."" (x INT)', 'column 16: "" is not a valid Teradata SQL token: a name has at least one character'),
        ('CREATE TABLE d.t ("" INT)', 'column 19: "" is not a valid Teradata SQL token: a name has at least one character'),
        (
            "CREATE TABLE d.t (x INT, y INT, X DATE)",
            "column 33: Duplication of column X in creating a Table, View, Macro or Trigger",
        ),
    ],
)  # fmt: skip
def test_what_teradata_never_takes_is_refused_and_hides_nothing(statement: str, what: str) -> None:
    found = assemble([("a.sql", f"{statement};\nCREATE TABLE d.other (a INT);")])
    assert [refusal.what for refusal in found.refusals] == [f"line 1, {what}"]
    assert [shown_name(one) for one in found.objects] == ["d.other"]


def test_what_defines_nothing_that_a_catalog_holds_is_counted_by_kind() -> None:
    assert counted(
        "SELECT 1; INSERT INTO t VALUES (1); BT; ET; COMMIT; SET QUERY_BAND = 'a=b;' FOR SESSION; SET TIME ZONE 'GMT';"
        "SHOW TABLE t; HELP SESSION; COMMENT ON TABLE t; CALL p(); EXEC m; LOCKING TABLE d.t FOR ACCESS; EXPLAIN SEL 1;"
        "GRANT SELECT ON d TO u; REVOKE r FROM u; COLLECT STATS COLUMN (a) ON d.t; DROP STATISTICS ON d.t;"
        "BEGIN QUERY LOGGING ON ALL; END LOGGING ON ALL; DIAGNOSTIC HELPSTATS ON FOR SESSION; DATABASE d;"
        "\n.SET WIDTH 254\n.OS ls\n.RUN FILE = logon.btq\n.IF ERRORCODE <> 0 THEN .QUIT 1\n"
    ) == {
        ".RUN": 1, "BTEQ command": 3, "CALL": 1, "COMMENT": 1, "DIAGNOSTIC": 1, "EXEC": 1, "EXPLAIN": 1, "HELP": 1,
        "INSERT": 1, "LOCKING": 1, "SELECT": 1, "SHOW": 1, "access logging": 1, "grant": 1, "query logging": 1,
        "revoke": 1, "session setting": 3, "statistics": 2, "transaction statement": 3,
    }  # fmt: skip


def test_a_volatile_table_is_its_session_s_and_no_object() -> None:
    assert counted(
        "CREATE VOLATILE TABLE vt (a INT) ON COMMIT PRESERVE ROWS; CREATE INDEX (a) ON vt; COLLECT STATS COLUMN (a) ON vt;"
        "DATABASE d; CREATE VOLATILE TABLE w AS (SELECT 1 a) WITH DATA; ALTER TABLE w ADD b INT; RENAME TABLE w TO x;"
        "COMMENT ON TABLE x IS 'x'; DROP TABLE x;"
    ) == {"session setting": 1, "statement on a volatile table": 6, "volatile table": 2}


def test_a_table_of_the_name_of_a_volatile_one_is_an_object() -> None:
    found = assemble(
        [
            ("a.sql", "CREATE VOLATILE TABLE d.t (a INT); DROP TABLE d.t; CREATE TABLE d.t (a INT, b INT);"),
            ("b.sql", "CREATE INDEX (b) ON d.t;"),
        ]
    )
    (only,) = found.objects
    assert isinstance(only, Table)
    assert (len(only.columns), len(only.indexes)) == (2, 1)


def test_a_procedure_that_bteq_compiles_is_read_from_its_own_file() -> None:
    procedure = "CREATE PROCEDURE d.p () BEGIN END;"
    found = assemble([("run.btq", ".COMPILE FILE = sql\\P.spl\n"), ("sql/p.spl", procedure)])
    assert [shown_name(one) for one in found.objects] == ["d.p"]
    assert (found.refusals, found.counted) == ([], {"BTEQ command": 1})


def test_every_statement_is_applied_counted_or_refused() -> None:
    script = (
        ".LOGON h/u,p\nDATABASE d; CREATE TABLE t (a INT); CREATE INDEX (a) ON t; COMMENT ON TABLE t IS 'x'; ;"
        "COLLECT STATS COLUMN (a) ON t; GRANT SELECT ON t TO u; INSERT t VALUES (1); CREATE VOLATILE TABLE v (a INT);"
        "CREATE WOMBAT w; CREATE TABLE broken (a INT; COMMENT ON TABLE nowhere 'x'; DROP TABLE gone; CALL p();\n.QUIT\n"
    )
    found = assemble([("a.sql", script)])
    assert (found.applied, sum(found.counted.values()), len(found.refusals)) == (4, 8, 3)
    assert len(split_script(script)) == 4 + 8 + 3


@pytest.mark.parametrize(
    ("script", "what"),
    [
        (
            "CREATE TABLE d.t AS (SELECT 1 x) WITH DATA",
            "the columns of the table follow from a query or another table, which only the database knows",
        ),
        ("CREATE WOMBAT w", "the statement is not understood, or its effect on definitions is not known"),
        ("EXECUTE IMMEDIATE 'x'", "the statement is not understood, or its effect on definitions is not known"),
        (
            "LOCKING ROW FOR ACCESS CREATE WOMBAT w",
            "the statement is not understood, or its effect on definitions is not known",
        ),
        (
            "CREATE TABLE d.t (a INT",
            "line 1, column 24: a comma or a closing parenthesis is expected, the end of the statement found",
        ),
        ("COMMENT ON TABLE d.nowhere IS 'x'", "nowhere is not defined in what was read"),
        ("CREATE INDEX (a) ON d.nowhere", "nowhere is not defined in what was read"),
        (
            "CREATE TABLE d.t (a INT); COMMENT ON COLUMN d.t.z IS 'x'",
            "there is no column z, or its view does not list its columns",
        ),
        ("CREATE TABLE d.t (a INT); ALTER TABLE d.t DROP z", "there is no column z"),
        (
            "CREATE TABLE d.t (a INT); ALTER TABLE d.t DROP INCONSISTENT REFERENCES",
            "DROP INCONSISTENT REFERENCES cannot be applied: only the database knows which those are",
        ),
        (".COMPILE FILE other.spl", "the procedure that .COMPILE reads is not among the files"),
    ],
)
def test_what_cannot_be_placed_is_refused(script: str, what: str) -> None:
    assert refusals(script) == [what]


def test_a_refusal_has_its_place_and_text() -> None:
    (refusal,) = assemble([("a.sql", "SELECT 1;\n WOMBAT x TO y;")]).refusals
    assert (refusal.file, refusal.line, refusal.text) == ("a.sql", 2, "WOMBAT x TO y")
