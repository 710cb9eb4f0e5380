"""What is written is read back as the same."""

from __future__ import annotations

import pytest
from hypothesis import given

from dbee_dbt.bteq.commands import Action, Import, Run
from dbee_dbt.bteq.script import read_action, read_script
from dbee_dbt.bteq.write import write_action
from tests.bteq.commands import ACTIONS
from tests.bteq.golden import Case, cases


@given(ACTIONS)
def test_write_then_read(action: Action) -> None:
    assert read_action(write_action(action)) == action


@given(ACTIONS, ACTIONS)
def test_one_under_the_other(first: Action, second: Action) -> None:
    found = read_script(f"{write_action(first)}\n{write_action(second)}\n").instructions
    assert [instruction.action for instruction in found] == [first, second]


@pytest.mark.parametrize("case", cases("commands.txt"), ids=lambda case: case.title)
def test_what_was_read_is_written_and_read_again(case: Case) -> None:
    for found in read_script(case.given).instructions:
        assert read_action(write_action(found.action)) == found.action


def test_a_path_is_quoted_where_it_has_to_be() -> None:
    assert write_action(Run("a/b.sql", 2)) == ".RUN FILE=a/b.sql, SKIP=2"
    assert write_action(Run("my file;1.sql")) == ".RUN FILE='my file;1.sql'"
    assert write_action(Import("VARTEXT", "in.csv", delimiter="'")) == ".IMPORT VARTEXT '''' FILE=in.csv"
