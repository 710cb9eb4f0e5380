"""The lexer: every text is its tokens, and each form of Teradata SQL is one token."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.ddl.lexer import Lines, significant, tokenize, tokenize_script
from tests.strategies.ddl import PIECES, scripts


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in significant(tokenize(text))]


@given(st.one_of(st.text(), scripts(PIECES)))
def test_tokens_joined_are_the_text_again(text: str) -> None:
    for tokens in (tokenize(text), tokenize_script(text)):
        assert "".join(token.text for token in tokens) == text
        assert [token.start for token in tokens] == [0, *(token.end for token in tokens)][: len(tokens)]
        assert all(token.text == text[token.start : token.end] for token in tokens)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Column_1", "word"),
        ("_under", "word"),
        ("a#b$c", "word"),
        ("$X", "word"),
        ("#T", "word"),
        ("ÄRGER", "word"),
        ("u", "word"),
        ('"a ""b"" c"', "quoted name"),
        ('U&"#00E4"', "quoted name"),
        ("'it''s'", "string"),
        ("''", "string"),
        ("'a\nb'", "string"),
        ("U&'#00E4'", "string"),
        ("_UNICODE'0041'XC", "string"),
        ("_latin'a'", "string"),
        ("'46'XB", "string"),
        ("'46'xbv", "string"),
        ("'00'XI4", "string"),
        ("12", "number"),
        ("12.", "number"),
        (".5", "number"),
        ("1.5E-3", "number"),
        ("60e6", "number"),
        (">=", "operator"),
        ("<>", "operator"),
        ("^=", "operator"),
        ("**", "operator"),
        ("||", "operator"),
        ("${PREFIX}", "placeholder"),
        ("{{ var('x') }}", "placeholder"),
        ("{prefix}", "placeholder"),
        ("\x00", "other"),
        ("😀", "other"),
        ("'open", "other"),
        ("'open''", "other"),
        ('"open', "other"),
        ("/* open *", "other"),
    ],
)
def test_one_token(text: str, kind: str) -> None:
    assert kinds(text) == [(kind, text)]


@pytest.mark.parametrize("text", ["-- it's (", "/* it's ; */", "/**/", "/* a ** b */", "/*+ IF EXISTS */", "--"])
def test_a_comment_opens_nothing(text: str) -> None:
    assert [token.kind for token in tokenize(text)] == ["comment"]


def test_a_line_comment_ends_with_its_line_however_that_ends() -> None:
    assert kinds("-- a\rb -- c\r\nd -- e\nf") == [("word", "b"), ("word", "d"), ("word", "f")]


def test_what_only_looks_like_a_suffix_is_a_word() -> None:
    assert kinds("'a'XBQ") == [("string", "'a'"), ("word", "XBQ")]


def test_a_placeholder_inside_a_name_is_a_token_of_its_own() -> None:
    assert kinds("${P}SALES.T_${X}") == [
        ("placeholder", "${P}"),
        ("word", "SALES"),
        ("operator", "."),
        ("word", "T_"),
        ("placeholder", "${X}"),
    ]


def test_an_escape_of_the_driver_is_no_placeholder() -> None:
    assert [kind for kind, _ in kinds("{fn f} {d '2020-01-01'} {")] == [
        *("operator", "word", "word", "operator"),
        *("operator", "word", "string", "operator", "operator"),
    ]


def test_words_compare_in_upper_case_and_quoted_names_as_written() -> None:
    assert [token.key for token in significant(tokenize("select \"from\" 'x'"))] == ["SELECT", '"from"', "'x'"]


def test_positions_count_every_kind_of_line_end() -> None:
    lines = Lines("a\nb\rc\r\nd")
    assert [lines.position(offset) for offset in (0, 2, 4, 7)] == [(1, 1), (2, 1), (3, 1), (4, 1)]
    assert lines.position(1) == (1, 2)


def commands(text: str) -> list[str]:
    return [token.text for token in tokenize_script(text) if token.kind == "command"]


def test_a_bteq_line_is_one_token_and_its_apostrophe_opens_nothing() -> None:
    assert commands(".REMARK it's\nSELECT 1;\n  .QUIT 3\n= 2\n* that's all\n") == [
        ".REMARK it's",
        ".QUIT 3",
        "= 2",
        "* that's all",
    ]


def test_a_hyphen_continues_a_bteq_line() -> None:
    assert commands(".EXPORT REPORT -\nFILE = x\nSELECT 1;") == [".EXPORT REPORT -\nFILE = x"]


def test_a_comment_opened_on_a_bteq_line_is_closed_behind_it() -> None:
    assert commands(".QUIT 1 /* isn't\nit */\nSELECT 1;") == [".QUIT 1 /* isn't\nit */"]
    assert commands(".OS rm out/*\nSELECT 1 /* x */;") == [".OS rm out/*"]


@pytest.mark.parametrize(
    "text",
    [
        "CALL MyDB\n.MyProc(1);",
        "SELECT t\n.label FROM t;",
        "SELECT 'a\n.QUIT';",
        "/*\n.QUIT\n*/",
        "x\n= 3;",
        "SELECT 2\n* 3;",
    ],
)
def test_a_line_that_goes_on_with_a_statement_is_no_bteq_line(text: str) -> None:
    assert commands(text) == []


def test_a_bteq_verb_behind_a_parenthesis_is_a_command_though_the_semicolon_is_missing() -> None:
    assert commands("CREATE TABLE t (a INT)\n.IF ERRORCODE <> 0 THEN .QUIT 1\nSELECT 1;") == [
        ".IF ERRORCODE <> 0 THEN .QUIT 1"
    ]
