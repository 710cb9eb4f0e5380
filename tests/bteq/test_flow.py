"""The control flow of scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.bteq.flow import flow
from dbee_dbt.bteq.script import Program, read_script
from tests.bteq.golden import Case, cases

LINES = st.sampled_from(
    """.GOTO a|.GOTO b|.LABEL a|.LABEL B|.QUIT|SELECT 1;|.IF ERRORCODE = 0|.ELSEIF ERRORCODE = 1|.ELSE|.ENDIF
    |.IF ERRORCODE = 0 THEN .QUIT 1|.IF ERRORCODE = 0 THEN .GOTO a|.IF ERRORCODE = 0 THEN .GOTO c""".replace(
        "\n    ", ""
    ).split("|")
)


def shown(program: Program) -> str:
    names = [*(found.text.split("\n")[0] for found in program.instructions), "the end"]
    return "\n".join(f"{names[edge.source]}  --{edge.kind}->  {names[edge.target]}" for edge in flow(program).edges)


@pytest.mark.parametrize("case", cases("flow.txt"), ids=lambda case: case.title)
def test_golden(case: Case) -> None:
    assert "\n".join(shown(program) for program in read_script(case.given).programs) == case.expected


@given(st.lists(LINES, max_size=30))
def test_every_way_leads_forward_and_none_ends_within(lines: list[str]) -> None:
    (program,) = read_script("\n".join(lines)).programs
    found = flow(program)
    assert found.size == len(program.instructions)
    assert all(edge.source < edge.target <= found.size for edge in found.edges)
    assert {edge.source for edge in found.edges} == set(range(found.size))
    assert [edge.source for edge in found.edges] == sorted(edge.source for edge in found.edges)
    assert found.size in found.reachable()
