"""INSERT, UPDATE, DELETE and MERGE: activity counts, what is refused, and what the rows are afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import pytest

from dbee_dbt.ddl.types import read_type
from dbee_dbt.emulator.environment import UniqueColumns
from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError
from dbee_dbt.model.objects import Column, Identity
from tests.emulator.sql.system import System

Mode = Literal["ANSI", "TERA"]


def _column(kind: str, **facts: Any) -> Column:
    return Column(name="", type=read_type(kind), **facts)


@pytest.fixture
def system() -> System:
    return _system("ANSI")


def _system(mode: Mode) -> System:
    system = System(mode=mode)
    system.table("t", {"a": _column("INTEGER", nullable=False), "b": "VARCHAR(5)", "c": "CHAR(3)"})
    system.table("s", {"k": "INTEGER", "x": "VARCHAR(5)"})
    return system


def _error(code: int, run: Callable[[], Any]) -> None:
    with pytest.raises(TeradataError) as caught:
        run()
    assert caught.value.code == code


def _rows(system: System, table: str = "t") -> list[tuple[Any, ...]]:
    return system.rows(f"SELECT * FROM {table} ORDER BY 1, 2")


# --- INSERT ----------------------------------------------------------------------------------------------------------


def test_insert_of_one_row_in_both_spellings(system: System) -> None:
    assert system.change("INSERT INTO t VALUES (1, 'x', 'y')") == 1
    assert system.change("INS t (2, 'z', )") == 1
    assert _rows(system) == [(1, "x", "y  "), (2, "z", None)]


def test_columns_may_be_named_in_any_order(system: System) -> None:
    system.change("INSERT INTO t (c, a) VALUES ('q', 1)")
    assert _rows(system) == [(1, None, "q  ")]


def test_parameter_rows_are_inserted_at_once(system: System) -> None:
    rows = [[number, str(number), None] for number in range(3000)]
    assert system.change("INSERT INTO t VALUES (?, ?, ?)", rows) == 3000
    assert system.rows("SELECT SUM(a), MAX(b) FROM t WHERE c IS NULL") == [(4498500, "999")]


def test_bound_values_of_every_type_come_back() -> None:
    system = System()
    system.table(
        "v", {"i": "BIGINT", "n": "DECIMAL(10,2)", "f": "FLOAT", "d": "DATE", "ts": "TIMESTAMP(6)", "b": "VARBYTE(4)"}
    )
    row = (7, Decimal("1.25"), 0.5, date(2020, 1, 31), datetime(2020, 1, 31, 10, 11, 12, 5), b"\x01\x02")
    system.change("INSERT INTO v VALUES (?, ?, ?, ?, ?, ?)", [list(row), [None] * 6])
    assert system.rows("SELECT * FROM v WHERE i = 7") == [row]


def test_a_bound_number_is_written_into_a_character_column_without_blanks(system: System) -> None:
    system.change("INSERT INTO t VALUES (?, ?, ?)", [[1, Decimal("10"), Decimal("1.50")]])
    assert _rows(system) == [(1, "10", "1.5")]


def test_a_query_is_inserted_with_its_columns_converted(system: System) -> None:
    system.change("INSERT INTO s VALUES (?, ?)", [[1, "x"], [2, "yy"]])
    assert system.change("INSERT INTO t (a, b) SELECT k * 10, x || '!' FROM s WHERE k > 1") == 1
    assert system.change("INSERT INTO t (a) WITH w AS (SELECT k FROM s) SELECT k FROM w") == 2
    assert _rows(system) == [(1, None, None), (2, None, None), (20, "yy!", None)]


def test_null_in_a_not_null_column_is_refused(system: System) -> None:
    _error(3811, lambda: system.change("INSERT INTO t VALUES (NULL, 'x', 'y')"))
    _error(3811, lambda: system.change("INSERT INTO t (b) VALUES ('x')"))
    _error(3604, lambda: system.change("INSERT INTO t (a) VALUES (?)", [[1], [None]]))
    _error(3604, lambda: system.change("INSERT INTO t (a) VALUES (?)", [[None]]))
    system.change("INSERT INTO s VALUES (NULL, 'x')")
    _error(3604, lambda: system.change("INSERT INTO t (a) SELECT k FROM s"))
    assert _rows(system) == []


def test_the_values_must_be_as_many_as_the_columns(system: System) -> None:
    _error(3812, lambda: system.change("INSERT INTO t VALUES (1)"))
    _error(3813, lambda: system.change("INSERT INTO t VALUES (1, 'x', 'y', 2)"))
    _error(3812, lambda: system.change("INSERT INTO t SELECT k FROM s"))
    _error(5628, lambda: system.change("INSERT INTO t (nosuch) VALUES (1)"))
    _error(3939, lambda: system.change("INSERT INTO s VALUES (?, ?)", [[1]]))


def test_strings_that_are_too_long_by_session_mode() -> None:
    ansi, tera = _system("ANSI"), _system("TERA")
    _error(3996, lambda: ansi.change("INSERT INTO t (a, b) VALUES (1, 'longer')"))
    ansi.change("INSERT INTO t (a, b) VALUES (1, 'short     ')")
    tera.change("INSERT INTO t (a, b) VALUES (1, 'longer')")
    assert (_rows(ansi)[0][1], _rows(tera)[0][1]) == ("short", "longe")


def test_characters_that_the_column_cannot_hold_are_refused(system: System) -> None:
    _error(6706, lambda: system.change("INSERT INTO t (a, b) VALUES (1, '€')"))
    _error(6706, lambda: system.change("INSERT INTO t (a, b) VALUES (?, ?)", [[1, "€"]]))
    system.change("INSERT INTO t (a, b) VALUES (1, 'é')")


def test_numbers_that_do_not_fit_are_refused() -> None:
    system = System()
    system.table("n", {"b": "BYTEINT", "d": "DECIMAL(3,1)"})
    _error(2616, lambda: system.change("INSERT INTO n VALUES (200, 1)"))
    _error(2616, lambda: system.change("INSERT INTO n VALUES (1, 1000)"))
    system.change("INSERT INTO n VALUES (1.9, 2.25)")
    assert system.rows("SELECT * FROM n") == [(1, Decimal("2.2"))]


def test_defaults_fill_what_was_left_out() -> None:
    system = System()
    system.table(
        "d",
        {
            "a": _column("INTEGER", default="7"),
            "b": _column("VARCHAR(5)", default="'x'"),
            "c": _column("DATE", default="CURRENT_DATE"),
            "e": _column("INTEGER", with_default=True),
        },
    )
    system.change("INSERT INTO d (b) VALUES (DEFAULT)")
    system.change("INSERT INTO d DEFAULT VALUES")
    assert system.rows("SELECT * FROM d") == [(7, "x", date(2024, 2, 29), 0)] * 2


def test_identity_columns_number_the_rows() -> None:
    system = System()
    system.table(
        "i",
        {
            "n": _column("INTEGER", nullable=False, identity=Identity(always=True, start=1, increment=1)),
            "x": "VARCHAR(3)",
        },
    )
    system.change("INSERT INTO i (x) VALUES (?)", [["a"], ["b"]])
    system.change("INSERT INTO i VALUES (99, 'c')")
    assert system.rows("SELECT * FROM i ORDER BY 1") == [(1, "a"), (2, "b"), (3, "c")]


def test_an_identity_by_default_takes_what_is_given() -> None:
    system = System()
    identity = Identity(always=False, start=1, increment=10)
    system.table("i", {"n": _column("INTEGER", identity=identity), "x": "VARCHAR(3)"})
    system.change("INSERT INTO i VALUES (?, ?)", [[99, "a"], [None, "b"], [None, "c"]])
    assert [row[1] for row in system.rows("SELECT * FROM i ORDER BY 1")] == ["b", "c", "a"]


# --- what must hold of the rows --------------------------------------------------------------------------------------


def test_a_duplicate_row_of_a_set_table() -> None:
    ansi, tera = _system("ANSI"), _system("TERA")
    for system in (ansi, tera):
        system.table("one", {"a": "INTEGER", "b": "VARCHAR(5)"}, set_kind="SET")
        system.change("INSERT INTO one VALUES (1, 'x')")
        _error(2802, lambda run=system: run.change("INSERT INTO one VALUES (1, 'x ')"))  # type: ignore[misc]
        system.change("INSERT INTO s VALUES (?, ?)", [[1, "x"], [2, "y"], [2, "y"]])
    _error(2802, lambda: ansi.change("INSERT INTO one SELECT k, x FROM s"))
    assert tera.change("INSERT INTO one SELECT k, x FROM s") == 1
    assert tera.rows("SELECT * FROM one ORDER BY 1") == [(1, "x"), (2, "y")]


def test_case_does_not_make_rows_differ_in_a_column_that_is_not_casespecific() -> None:
    system = System(mode="TERA")
    system.table("one", {"a": "VARCHAR(5)"}, set_kind="SET")
    system.change("INSERT INTO one VALUES ('x')")
    _error(2802, lambda: system.change("INSERT INTO one VALUES ('X')"))


def test_values_of_a_unique_index_do_not_repeat() -> None:
    system = System()
    uniques = (UniqueColumns(("a",), primary=True), UniqueColumns(("b", "c")))
    system.table("u", {"a": "INTEGER", "b": "INTEGER", "c": "VARCHAR(3)"}, uniques=uniques)
    system.change("INSERT INTO u VALUES (1, 1, 'x')")
    _error(2801, lambda: system.change("INSERT INTO u VALUES (1, 2, 'y')"))
    _error(2803, lambda: system.change("INSERT INTO u VALUES (2, 1, 'x ')"))
    _error(2801, lambda: system.change("INSERT INTO u (a, b) VALUES (?, ?)", [[5, 5], [5, 6]]))
    system.change("INSERT INTO u VALUES (2, 1, 'y')")
    _error(2801, lambda: system.change("UPDATE u SET a = 1 WHERE a = 2"))
    _error(2803, lambda: system.change("UPDATE u SET c = 'x' WHERE a = 2"))
    assert system.change("UPDATE u SET a = a + 1") == 2


def test_a_check_must_not_be_false() -> None:
    system = System()
    system.table("c", {"a": "INTEGER", "b": "INTEGER"}, checks=("A > 0", "A < B"))
    system.change("INSERT INTO c VALUES (1, 2)")
    system.change("INSERT INTO c VALUES (NULL, 2)")
    _error(5317, lambda: system.change("INSERT INTO c VALUES (0, 2)"))
    _error(5317, lambda: system.change("INSERT INTO c VALUES (3, 2)"))
    _error(5317, lambda: system.change("UPDATE c SET a = 9 WHERE a = 1"))


# --- UPDATE and DELETE -----------------------------------------------------------------------------------------------


def _filled(system: System) -> System:
    system.change("INSERT INTO t (a, b) VALUES (?, ?)", [[1, "x"], [2, "y"], [3, "z"]])
    system.change("INSERT INTO s VALUES (?, ?)", [[2, "new"], [3, "own"], [4, "far"]])
    return system


def test_update_in_its_forms(system: System) -> None:
    _filled(system)
    assert system.change("UPDATE t SET b = UPPER(b), c = 'q' WHERE a < 3") == 2
    assert system.change("UPD t SET c = NULL ALL") == 3
    assert system.change("UPDATE t FROM (SELECT k, x FROM s) AS n SET b = n.x WHERE n.k = t.a AND n.k = 2") == 1
    assert system.change("UPDATE row1 FROM t AS row1, s SET b = s.x WHERE s.k = row1.a AND s.k = 3") == 1
    assert [row[1] for row in _rows(system)] == ["X", "new", "own"]


def test_update_from_several_rows_for_one_is_refused(system: System) -> None:
    _filled(system)
    _error(7547, lambda: system.change("UPDATE t FROM s SET b = s.x WHERE t.a = 1"))


def test_update_refuses_what_the_column_does_not_take(system: System) -> None:
    _filled(system)
    _error(3811, lambda: system.change("UPDATE t SET a = NULL"))
    _error(3604, lambda: system.change("UPDATE t SET a = NULLIF(a, 1)"))
    _error(5628, lambda: system.change("UPDATE t SET nosuch = 1"))
    assert [row[0] for row in _rows(system)] == [1, 2, 3]


def test_delete_in_its_forms(system: System) -> None:
    assert _filled(system).change("DELETE FROM t WHERE a = 1") == 1
    assert system.change("DELETE FROM t WHERE t.a = s.k AND s.x = 'new'") == 1
    assert system.change("DELETE FROM d.t WHERE (a) IN (SELECT (k) FROM d.s)") == 1
    assert system.change("DEL s FROM s WHERE k = 2") == 1
    assert system.change("DELETE s ALL") == 2
    assert (_rows(system), _rows(system, "s")) == ([], [])


def test_delete_of_a_table_under_another_name(system: System) -> None:
    _filled(system)
    assert system.change("DELETE FROM t AS row1 WHERE row1.a > 1") == 2
    assert system.change("DELETE row1 FROM t AS row1, s WHERE row1.a < s.k") == 1


def test_one_parameter_row_in_an_update_and_a_delete(system: System) -> None:
    _filled(system)
    assert system.change("UPDATE t SET b = ? WHERE a = ?", [["q", 1]]) == 1
    assert system.change("DELETE FROM t WHERE b = ?", [["q"]]) == 1
    with pytest.raises(EmulatorRefusal):
        system.change("DELETE FROM t WHERE b = ?", [["y"], ["z"]])


# --- MERGE -----------------------------------------------------------------------------------------------------------

_MERGE = "MERGE INTO t AS d USING s AS n ON (n.k = d.a) "
_UPDATES = "WHEN MATCHED THEN UPDATE SET b = n.x "
_INSERTS = "WHEN NOT MATCHED THEN INSERT (a, b) VALUES (n.k, n.x)"


def test_merge_updates_what_matches_and_inserts_the_rest(system: System) -> None:
    assert _filled(system).change(_MERGE + _UPDATES + _INSERTS) == 3
    assert [row[:2] for row in _rows(system)] == [(1, "x"), (2, "new"), (3, "own"), (4, "far")]


def test_merge_of_one_branch(system: System) -> None:
    assert _filled(system).change(_MERGE + _INSERTS) == 1
    assert system.change(_MERGE + _UPDATES) == 3
    assert system.change(_MERGE + "WHEN MATCHED THEN DELETE") == 3
    assert [row[0] for row in _rows(system)] == [1]


def test_merge_with_two_source_rows_for_one_is_refused(system: System) -> None:
    _filled(system).change("INSERT INTO s VALUES (2, 'more')")
    _error(7547, lambda: system.change(_MERGE + _UPDATES + _INSERTS))
    assert len(_rows(system)) == 3


def test_rows_are_not_changed_through_a_view(system: System) -> None:
    system.view("w", "SELECT a FROM t")
    with pytest.raises(EmulatorRefusal):
        system.change("DELETE FROM w")
