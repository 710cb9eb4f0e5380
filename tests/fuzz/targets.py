"""What must hold of any text whatever: each target takes one and fails, or says nothing."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from dbee_dbt.bteq.check import check_files
from dbee_dbt.bteq.commands import Request
from dbee_dbt.bteq.script import read_action, read_script
from dbee_dbt.bteq.walk import with_parts
from dbee_dbt.bteq.write import write_action
from dbee_dbt.catalogs.encodings import decode
from dbee_dbt.ddl.assemble import assemble
from dbee_dbt.ddl.canonical import canonical
from dbee_dbt.ddl.expressions.parse import parse_expression_text, parse_statement
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.format import format_script
from dbee_dbt.ddl.inspection import inspect_script
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.script import split_script
from dbee_dbt.ddl.secrets import mask
from dbee_dbt.ddl.write import object_ddl
from dbee_dbt.model.errors import DdlError, EncodingError
from dbee_dbt.model.objects import Database, Table, View
from dbee_dbt.report.inspection import REPORTS
from tests.ddl.expressions.catalog import bound

QUERIES = (
    "SELECT a.c1, CASE WHEN b.c2 > 1 THEN 'x' ELSE NULL END (FORMAT 'X(5)') AS t FROM t1 a LEFT JOIN t2 b ON a.c1 = b.c1;",
    "SEL TOP 5 c1 (INTEGER), SUM(c2) OVER (PARTITION BY c1 ORDER BY c2 ROWS 1 PRECEDING) FROM t1 QUALIFY RANK() OVER (ORDER BY c1) = 1;",
    "WITH RECURSIVE x (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x WHERE n < 9) SELECT EXTRACT(YEAR FROM DATE '2020-01-31') FROM x;",
    "LOCKING ROW FOR ACCESS SELECT TRIM(BOTH ' ' FROM c1) || U&'#00E4' UESCAPE '#', INTERVAL '1' DAY, -1.50 ** 2 FROM t1 SAMPLE 10;",
    "MERGE INTO t1 USING t2 ON (t1.c1 = t2.c1) WHEN MATCHED THEN UPDATE SET c2 = 1 WHEN NOT MATCHED THEN INSERT VALUES (1, 'a');",
    "UPDATE t1 FROM t2 SET c1 = NVL(t2.c1, ?) WHERE t1.c1 IN (SELECT c1 FROM t2 WHERE EXISTS (SELECT 1 FROM t1 z WHERE z.c1 <> 1));",
    "DELETE FROM t1 WHERE c1 BETWEEN 1 AND 2 AND NOT (c2 LIKE ANY ('a%', 'b_') OR c1 IS NOT NULL);",
)


class NoFiles:
    """What scripts name does not exist."""

    def find(self, name: str, named_in: str) -> str | None:
        return None

    def text(self, path: str) -> str:
        raise AssertionError("no file was found")


def script(text: str) -> None:
    """Statements and gaps are the file, and so are tokens and statements."""
    position = 0
    for found in split_script(text):
        assert position <= found.lead <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text == "".join(token.text for token in found.tokens)
        position = found.end


def statements(text: str) -> None:
    """A statement is read, kept as text or refused with its place; and so is the whole script."""
    found = split_script(text)
    for statement in found:
        try:
            read_statement(statement, default_database="d")
        except DdlError as error:
            assert error.what.startswith("line ")
    made = assemble([("f.sql", text)])
    assert made.applied + sum(made.counted.values()) + len(made.refusals) == len(found)


def formatted(text: str) -> None:
    """Formatting changes no meaning, and nothing at all the second time."""
    once = format_script(text).text
    assert said(once) == said(text)
    assert format_script(once).text == once


def said(text: str) -> list[object]:
    """What each statement of a script says, or its text where that is all."""
    found: list[object] = []
    for statement in split_script(text):
        try:
            found.append(read_statement(statement))
        except DdlError:
            found.append(statement.text)
    return found


def written(text: str) -> None:
    """What is written of tables, views and databases is read back as the same."""
    for found in assemble([("f.sql", text)]).objects:
        if isinstance(found, Table | View | Database) and found.kind != "user":
            before = "".join(object_ddl(found))
            again = assemble([("f.sql", before)])
            assert not again.refusals, before
            assert ["".join(object_ddl(one)) for one in again.objects] == [before]


def inspected(text: str) -> None:
    """Every byte is placed, and every reference stands in the text."""
    found = inspect_script(text)
    assert found.bytes_placed == len(text.encode("utf-8", "surrogatepass"))
    last = text.count("\n") + text.count("\r") + 1
    for row in found.rows:
        assert (row.problem is not None) == (row.state == "refused")
        assert all(0 < one.line <= last for one in row.references)
    for report in REPORTS.values():
        assert isinstance(report().file("f.sql", len(text), found), str)


def bteq(text: str) -> None:
    """Instructions and gaps are the file, each command is written as it was read, and any script is checked."""
    position = 0
    for found in read_script(text).instructions:
        assert position <= found.start < found.end <= len(text)
        assert found.text == text[found.start : found.end]
        position = found.end
        if not any(isinstance(action, Request) for action in with_parts(found.action)):
            assert read_action(write_action(found.action)) == found.action
    last = text.count("\n") + text.count("\r") + 1
    assert all(1 <= hit.line <= last for hit in check_files([("f.bteq", text)], NoFiles()).findings)


def expressions(text: str) -> None:
    """A query is understood, has an error of Teradata's or is refused by name."""
    for parse in (parse_statement, parse_expression_text, bound):
        try:
            parse(text)
        except (QueryError, NotKnownError):
            continue


def spelled(text: str) -> None:
    """The canonical spelling is its own, and any text can be masked."""
    once = canonical(text)
    assert canonical(once) == once
    assert isinstance(mask(text), str)


def decoded(content: bytes) -> None:
    """Bytes are a text of some encoding, or are refused by name."""
    try:
        found = decode(content, "f")
    except EncodingError:
        return
    if found.encoding not in ("utf-16", "utf-32"):  # their byte order mark stands for either order
        assert found.text.encode(found.encoding) == content


TARGETS: dict[str, Callable[[str], None]] = {
    target.__name__: target
    for target in (script, statements, formatted, written, inspected, bteq, expressions, spelled)
}
"""What must hold of texts; :func:`decoded` is that of bytes."""
BYTES: st.SearchStrategy[bytes] = st.one_of(
    st.binary(max_size=200),
    st.tuples(
        st.text(max_size=60), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "latin-1", "cp1252", "cp850"])
    ).map(lambda made: made[0].encode(made[1], "replace")),
)
