"""The records: undo takes back what was done, and the file gives back what was written."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.emulator.records import Entry, Key, Record, Right, Role
from dbee_dbt.emulator.store import STORE, Store
from dbee_dbt.emulator.system import System, Undo
from dbee_dbt.model.objects import Table

NAMES = st.sampled_from(["a", "A", "b", 'quo"te', "line\nend", "ř"])


@st.composite
def records(draw: st.DrawFn) -> Record:
    name = draw(NAMES)
    match draw(st.sampled_from(["table", "right", "role"])):
        case "table":
            return Entry(id=draw(st.integers(1, 99)), found=Table(database=draw(NAMES), name=name))
        case "right":
            where = draw(NAMES)
            return Right(grantee=name, database=where, name="t", code="R", grantor="g", grantable=False, created="now")
    return Role(name=name, creator="c", created="now")


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[Key, Record | None]]:
    made = draw(st.lists(records(), max_size=8))
    return [(record.key, draw(st.sampled_from([record, None]))) for record in made]


def apply(system: System, found: list[tuple[Key, Record | None]]) -> None:
    for key, record in found:
        if record is None:
            system.remove(key)
        else:
            system.put(record)


def picture(system: System) -> tuple[object, ...]:
    contents = {name: dict(found) for name, found in system.contents.items() if found}
    rights = [right for key in list(system.records) if key[0] == "right" for right in system.rights_on(key[2], key[3])]
    return dict(system.records), contents, sorted(map(repr, rights))


@given(changes(), changes(), changes())
def test_what_was_noted_can_be_taken_back(
    before: list[tuple[Key, Record | None]],
    kept: list[tuple[Key, Record | None]],
    undone: list[tuple[Key, Record | None]],
) -> None:
    system = System()
    apply(system, before)
    outside = picture(system)
    undo: Undo = []
    with system.recording(undo):
        apply(system, kept)
        length, inside = len(undo), picture(system)
        apply(system, undone)
    system.revert(undo, length)
    assert picture(system) == inside
    system.revert(undo)
    assert picture(system) == outside


@given(st.lists(st.tuples(changes(), st.booleans()), max_size=4))
def test_the_file_gives_back_what_was_written(batches: list[tuple[list[tuple[Key, Record | None]], bool]]) -> None:
    """With rows or without, and although nobody has closed it."""
    with TemporaryDirectory() as folder, duckdb.connect() as root:
        root.execute(f"ATTACH ':memory:' AS {STORE}")
        path = str(Path(folder) / "s.duckdb")
        store, system = Store(root, path), System()
        for batch, with_rows in batches:
            undo: Undo = []
            with system.recording(undo):
                apply(system, batch)
            store.write(system.changes(undo), root if with_rows else None)
        assert Store(root, path).read() == system.records
        assert not list(Path(folder).iterdir())


@given(changes())
def test_ids_are_never_given_twice(made: list[tuple[Key, Record | None]]) -> None:
    system = System()
    apply(system, made)
    taken = {record.id for record in system.records.values() if isinstance(record, Entry)}
    assert not {system.new_id() for _ in range(5)} & taken
