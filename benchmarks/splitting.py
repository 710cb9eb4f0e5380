"""Lexing and splitting a script, with the position of every statement."""

from __future__ import annotations

from estate import ddl
from measure import Figure, median_seconds

from dbee_dbt.ddl.script import iter_script

MEGABYTE = 1_000_000
SPEED = 5  # megabytes a second


def figures(times: int) -> list[Figure]:
    """A script of tables, and one of small statements with BTEQ between them."""
    return [_figure("tables of 30 columns", ddl(6000, 30), times), _figure("INSERTs and BTEQ", _inserts(), times)]


def _inserts() -> str:
    unit = "INSERT INTO DB_{0}.T_{0} (A, B, C) VALUES ({0}, 'it''s {0}', DATE '2020-01-31'); -- row {0}\n"
    return "".join(unit.format(number) + ".IF ERRORCODE <> 0 THEN .QUIT 8\n" for number in range(40_000))


def _figure(what: str, text: str, times: int) -> Figure:
    size = len(text.encode())
    seconds = median_seconds(lambda: sum(1 for _ in iter_script(text)), times)
    shown = f"lex and split {size / MEGABYTE:.1f} MB of {what}, in bytes"
    return Figure(what=shown, seconds=seconds, items=size, reach=size / MEGABYTE / SPEED)
