"""Reading: every directive of BTEQ, and where its requests end; nothing is ever lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.bteq.commands import Logon, Unknown
from dbee_dbt.bteq.directives import VERBS
from dbee_dbt.bteq.script import Instruction, Script, read_action, read_script
from dbee_dbt.ddl.lexer import Lines
from tests.bteq.golden import Case, cases, described

COMMANDS = cases("commands.txt")
REQUESTS = cases("requests.txt")

LINES = st.lists(
    st.one_of(
        st.sampled_from([line for case in COMMANDS + REQUESTS for line in case.given.split("\n")]),
        st.text(alphabet=".;'\"-*=/ ()\t\nabIFTHEN$", max_size=12),
        st.text(max_size=8),
    ),
    max_size=12,
)
SCRIPTS = st.builds(lambda lines, end: end.join(lines), LINES, st.sampled_from(["\n", "\r\n", "\r"]))


@pytest.mark.parametrize("case", COMMANDS + REQUESTS, ids=lambda case: case.title)
def test_golden(case: Case) -> None:
    assert described(read_script(case.given)) == case.expected


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("case", COMMANDS, ids=lambda case: case.title)
def test_any_line_ends_give_the_same_commands(case: Case, end: str) -> None:
    found = described(read_script(case.given.replace("\n", end)))
    assert found.replace(repr(end)[1:-1], "\\n") == case.expected


def test_every_verb_that_is_known_stands_in_a_case() -> None:
    words = set(re.findall(r"\w+", "\n".join(case.given for case in COMMANDS).upper()))
    assert VERBS - words == set()


@given(SCRIPTS)
def test_texts_and_gaps_are_the_file(text: str) -> None:
    script = read_script(text)
    lines = Lines(text)
    parts, position = [], 0
    for found in script.instructions:
        assert found.start >= position
        assert found.text
        assert (found.line, found.column) == lines.position(found.start)
        parts += [text[position : found.start], found.text]
        position = found.end
    assert "".join((*parts, text[position:])) == text


@given(SCRIPTS)
def test_a_gap_holds_nothing_but_space_semicolons_and_comments(text: str) -> None:
    script = read_script(text)
    for program in script.programs:
        position = program.start
        for found in program.instructions:
            assert _is_nothing(script, position, found)
            position = found.end


def _is_nothing(script: Script, start: int, found: Instruction) -> bool:
    gap = script.text[start : found.start]
    gap = re.sub(r"(?:\A|(?<=[\r\n]))[ \t]*\*[^\r\n]*", "", gap) if "*" in gap and "/*" not in gap else gap
    gap = re.sub(r"/\*.*?(?:\*/|\Z)|--[^\r\n]*|(?:\A|(?<=[\r\n]))[ \t]*\*[^\r\n]*", "", gap, flags=re.DOTALL)
    return gap.strip(" \t\r\n;\f\v\ufeff\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000") == "" or gap.isspace()


def test_a_password_stands_in_no_command() -> None:
    for text in (".LOGON prod/me,Secret1,acct", ".LOGDATA Secret1", "LOGON me,Secret1;", ".SET LOGON x,Secret1"):
        assert "Secret1" not in repr(read_action(text)), text


def test_a_logon_that_lacks_its_user_is_one() -> None:
    assert read_action(".LOGON") == Logon("")


def test_what_is_nested_too_deep_is_not_understood() -> None:
    found = read_script(".IF ERRORCODE = 0 THEN " * 5000 + ".QUIT 1").instructions
    assert len(found) == 1
    for depth in (99, 5000):
        text = f".IF {'(' * depth}ERRORCODE = 0{')' * depth} THEN .QUIT 1"
        assert described(read_script(text)).startswith("1: If not understood: ((")


@pytest.mark.parametrize("text", ["'", "(", "/* ", ".IF ' ", "; --", "bteq <<", ".X /* ", "a\n.QUIT x\n", "- \n"])
def test_what_is_repeated_often_is_read(text: str) -> None:
    assert isinstance(read_script(text * 20_000).instructions, tuple)


def test_an_unknown_command_is_kept_as_written() -> None:
    assert read_action(".Wibble  'a' 1") == Unknown("Wibble 'a' 1")
