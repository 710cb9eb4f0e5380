"""What statements refer to: cases in references.txt, and queries whose tables are known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.ddl.inspection import inspect_script
from dbee_dbt.ddl.lexer import tokenize
from dbee_dbt.ddl.references import Reference, references
from dbee_dbt.ddl.references.found import Walk
from dbee_dbt.ddl.references.tokens import read_tokens
from dbee_dbt.ddl.script import split_script
from dbee_dbt.report.inspection import TextReport
from tests.ddl.golden import Case, cases
from tests.strategies.ddl import PIECES, mutated, scripts
from tests.strategies.queries import Made, queries

CASES = cases("references.txt", "=>")
AROUND = (
    "REPLACE VIEW D.V AS {}",
    "CREATE MACRO D.M (P INTEGER) AS ({};)",
    "CREATE PROCEDURE D.P () BEGIN DECLARE C CURSOR FOR {}; END;",
    "CREATE PROCEDURE D.P () BEGIN FOR V AS {} DO SET X = V.A; END FOR; END;",
    "CREATE PROCEDURE D.P () BEGIN IF EXISTS ({}) THEN SET X = 1; END IF; END;",
    "CREATE TABLE D.T AS ({}) WITH DATA",
    "EXPLAIN {}",
    "LOCKING ROW FOR ACCESS {}",
)
"""Statements that hold a query and read nothing else."""


def read_of(text: str) -> list[str]:
    return [found.name for found in references(text).found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_references(case: Case) -> None:
    text, expected = case.parts
    assert TextReport().file("x.sql", len(text), inspect_script(text)) == expected


@given(queries())
def test_the_tables_of_a_query_in_the_order_of_its_text(made: Made) -> None:
    found = references(made.named("q"))
    assert ([one.name for one in found.found], found.unread) == (list(made.tables), "")


@given(queries(), st.sampled_from(AROUND))
def test_a_query_refers_to_the_same_wherever_it_stands(made: Made, around: str) -> None:
    assert read_of(around.format(made.named("q"))) == list(made.tables)


@given(queries(), st.sampled_from(["D", "ORDERS", "Über_", '"a b']))
def test_names_of_its_own_make_no_difference(made: Made, prefix: str) -> None:
    renamed = _quoted(made.text, prefix) if prefix.startswith('"') else made.named(prefix)
    assert read_of(renamed) == list(made.tables)


def _quoted(text: str, prefix: str) -> str:
    """The text with its own names in quotes."""
    first, *rest = text.split("@")
    pieces = [first]
    for piece in rest:
        digits = len(piece) - len(piece.lstrip("0123456789"))
        pieces.append(f'{prefix}{piece[:digits]}"{piece[digits:]}')
    return "".join(pieces)


@given(queries())
def test_the_tokens_alone_tell_the_same_tables(made: Made) -> None:
    text = made.named("q")
    walk = Walk(text, tokenize(text), "")
    read_tokens(walk, 0, walk.stop, (0, 0), frozenset())
    assert sorted(found.parts for found in walk.mentions) == sorted(
        (table.split(".")[0], table.split(".")[1].strip('"')) for table in made.tables
    )


@given(st.sampled_from(CASES).flatmap(lambda case: mutated(case.parts[0])))
def test_every_place_holds_what_was_written(text: str) -> None:
    lines = text.splitlines()
    for statement in split_script(text):
        found = references(statement, "dft")
        told: list[Reference] = [*found.found, *found.qualifiers, *([found.subject] if found.subject else [])]
        for one in told:
            assert statement.text[one.start : one.end] == one.written
            line = lines[one.line - 1][one.column - 1 :]
            assert line.startswith(one.written.splitlines()[0]) or one.written.startswith(line)


@pytest.mark.parametrize(
    "body", ["FOR", "FOR ;", "FOR v", "FOR v AS", "FOR v AS c CURSOR", "FOR v AS c CURSOR FOR", "DECLARE", "DECLARE c CURSOR FOR",
             "DECLARE EXIT HANDLER FOR", "SET", "SET a", "BEGIN", "IF", "CALL", "CREATE VOLATILE", "CREATE VOLATILE TABLE", "END"],
)  # fmt: skip
def test_a_body_may_end_behind_any_word(body: str) -> None:
    for around in ("CREATE PROCEDURE p() {}", "CREATE PROCEDURE p() {} ", "CREATE MACRO m AS ({}"):
        text = around.format(body)
        assert references(text).subject is not None, text


@given(scripts(PIECES))
def test_no_text_breaks_it(text: str) -> None:
    for statement in split_script(text):
        for one in references(statement).found:
            assert one.written


def test_what_lies_in_no_database_gets_none() -> None:
    found = references("GRANT r TO u", "dft").found
    assert [one.name for one in found] == ["r", "u"]


def test_a_call_of_what_is_built_in_is_kept_apart() -> None:
    found = references("SELECT UPPER(a), f(a) FROM t", "d")
    assert [(one.name, one.is_certain) for one in found.found] == [("f", False), ("d.t", True)]
    assert [one.path for one in found.built_in] == [("", "UPPER")]
