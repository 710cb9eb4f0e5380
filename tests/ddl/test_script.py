"""The splitter: cases in scripts.txt; and for any text, statements and gaps are the text again."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.ddl import script
from dbee_dbt.ddl.blocks import BlockReader
from dbee_dbt.ddl.lexer import Token, tokenize_script
from dbee_dbt.ddl.script import Statement, split_script
from dbee_dbt.ddl.shell import parts
from tests.strategies.ddl import PIECES, scripts
from tests.strategies.scripts import REALISTIC, damaged

CASES = [
    tuple(part.strip("\n") for part in case.partition("\n")[2].partition("\n=>\n"))
    for case in Path(__file__).with_name("scripts.txt").read_text(encoding="utf-8").split("\n### ")[1:]
]
TITLES = [
    case.partition("\n")[0]
    for case in Path(__file__).with_name("scripts.txt").read_text(encoding="utf-8").split("\n### ")[1:]
]


def shown(statement: Statement) -> str:
    return statement.text if statement.form == "sql" else f"[{statement.form}] {statement.text}"


@pytest.mark.parametrize(("text", "_", "expected"), CASES, ids=TITLES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_script_is_split_into_its_statements(text: str, _: str, expected: str, line_end: str) -> None:
    statements = split_script(text.replace("\n", line_end))
    assert [shown(s).replace(line_end, "\n") for s in statements] == expected.split("\n--\n")


def assert_lossless(text: str) -> None:
    position = 0
    for statement in split_script(text):
        assert position <= statement.start < statement.end <= len(text)
        assert statement.text == text[statement.start : statement.end]
        assert "".join(token.text for token in statement.tokens) == statement.text
        assert only_gap(text[position : statement.start])
        position = statement.end
    assert only_gap(text[position:])


def only_gap(text: str) -> bool:
    return all(token.kind in ("space", "comment") or token.text in (";", "/*") for token in tokenize_script(text))


@given(st.one_of(st.text(), scripts(PIECES)))
def test_nothing_but_space_comments_and_semicolons_lies_between_statements(text: str) -> None:
    assert_lossless(text)


@given(damaged())
def test_a_damaged_script_loses_nothing_either(text: str) -> None:
    assert_lossless(text)


@pytest.mark.parametrize("text", REALISTIC, ids=lambda text: text[:20])
def test_a_whole_script_loses_nothing(text: str) -> None:
    assert_lossless(text)
    statements = split_script(text)
    gaps = [text[a:b] for a, b in pairwise([0, *(at for s in statements for at in (s.start, s.end)), len(text)])]
    assert "".join(gaps) == text


@given(st.one_of(scripts(PIECES), damaged(longest=400)), st.integers(1, 60))
def test_read_part_by_part_a_script_has_the_same_statements(text: str, part: int) -> None:
    whole = split_script(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(script, "_PART", part)
        assert split_script(text) == whole


def test_a_statement_knows_where_it_stands() -> None:
    first, second = split_script("-- head\r\n  SELECT 1;\r\rSELECT\n2;")
    assert (first.line, first.column, first.start) == (2, 3, 11)
    assert (second.line, second.column) == (4, 1)


def leads(text: str) -> list[str]:
    """What belongs to each statement in front of it."""
    return [text[s.lead : s.start] for s in split_script(text)]


def test_comments_belong_to_the_statement_they_precede() -> None:
    text = "-- one\n/* two */\nSELECT 1; -- of one\n\n-- three\nSELECT /* in */ 2 -- of two\n;/* of two */\nSELECT 3"
    assert leads(text) == ["-- one\n/* two */\n", "-- three\n", ""]
    assert leads("/* head */ SELECT 1;\rSELECT 2;\r-- x\r.QUIT") == ["/* head */ ", "", "-- x\r"]
    assert leads("bteq <<E\n-- a\nSELECT 1;\nE\n# no\nbteq <<E\n-- b\nSELECT 2;\nE") == ["", "-- a\n", "", "-- b\n", ""]


@given(st.one_of(scripts(PIECES), damaged()))
def test_what_belongs_to_a_statement_is_comments_and_space_behind_the_one_before(text: str) -> None:
    position = 0
    for statement in split_script(text):
        assert position <= statement.lead <= statement.start
        assert only_gap(text[statement.lead : statement.start])
        assert text[statement.lead : statement.start].strip()[:2] in ("", "--", "/*", "{#")
        position = statement.end


@given(damaged())
def test_the_parts_of_a_file_are_the_file(text: str) -> None:
    position = 0
    for part in parts(text):
        assert position <= part.start <= part.end <= len(text)
        assert not text[position : part.start].strip()
        position = part.end
    assert not text[position:].strip()


def steps(text: str) -> int:
    """How many tokens the readers of blocks look at, all of them counted: a measure that does not depend on time."""
    count = 0

    class Counted(list[str]):
        def __getitem__(self, at):  # type: ignore[no-untyped-def]
            nonlocal count
            count += 1
            return super().__getitem__(at)

    tokens: list[Token] = [token for token in tokenize_script(text) if token.kind not in ("space", "comment")]
    BlockReader(Counted(token.key for token in tokens), len(tokens)).end(0)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "BEGIN ",
        "( ",
        ") ",
        "END IF; ",
        "IF x THEN ",
        "CASE ",
        "x: ",
        "BEGIN END IF; ",
        "DECLARE EXIT HANDLER FOR a, ",
        "( ; ",
    ],
)
def test_the_work_on_blocks_grows_with_the_text(unit: str) -> None:
    assert steps(unit * 4000) < 2.2 * steps(unit * 2000)


@pytest.mark.parametrize(
    "unit",
    [
        *("'", '"', "/*", "*/", "/* ", "--", "(", ")", "''", "{{", "${", "U&", "_a", "1e", ";\n"),
        *("\n.IF /*", "\n.x 'a", "\n* a -\n", "CM m AS (;\n.X\n", "CREATE MACRO m ("),
        *("bteq <<E\nE\n", "bteq <<E\n", "bteq \\\n<<E \\\n", "/* bteq <<E\nE\n"),
        *("CREATE TRIGGER t ", "CREATE PROCEDURE p( ", "CREATE PROCEDURE p() "),
    ],
)
def test_a_large_script_of_what_stays_open_is_split_all_the_same(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    assert sum(len(s.text) for s in split_script(text)) <= len(text)
