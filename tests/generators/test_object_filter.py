"""--objects means the same in a run-operation as on the command line."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dbee_dbt.bridge import Bridge
from dbee_dbt.model.catalog import SYSTEM_DATABASES, ObjectFilter, split_pattern
from dbee_dbt.model.objects import CodeObject, Database

BRIDGE = Bridge()
pieces = st.text(st.sampled_from("aAB_*?é"), max_size=4)
patterns = st.builds("{}.{}".format, pieces, pieces) | pieces | st.sampled_from(["kind:v*", "KIND:view", "DBC", "DB?"])
names = st.text(st.sampled_from("aABb_éß"), min_size=1, max_size=4) | st.just("DBC")


def wanted(include: list[str], exclude: list[str]) -> dict[str, object]:
    return {
        "include": BRIDGE.call("dbee_object_patterns", include),
        "exclude": BRIDGE.call("dbee_object_patterns", exclude),
    }


@settings(max_examples=300)
@given(st.lists(patterns, min_size=1, max_size=2), st.lists(patterns, max_size=1), names, names)
@example(["*"], [], "DBC", "Tables")
@example(["dbc"], [], "DBC", "Tables")
@example(['"a.b".c*'], [], "a.b", "cd")
def test_both_worlds_keep_the_same_objects(include: list[str], exclude: list[str], database: str, name: str) -> None:
    python = ObjectFilter(tuple(include), tuple(exclude))
    found = CodeObject(kind="view", database=database, name=name)
    assert BRIDGE.call("dbee_object_wanted", wanted(include, exclude), database, name, "view") == python.keeps(found)
    itself = Database(name=database)
    assert BRIDGE.call("dbee_object_wanted", wanted(include, exclude), database, None, "database") == python.keeps(
        itself
    )


@given(st.text(st.sampled_from('ab."*'), max_size=8))
def test_a_pattern_is_split_alike(pattern: str) -> None:
    assert BRIDGE.call("dbee_split_pattern", pattern) == split_pattern(pattern)


def test_one_pattern_may_stand_without_a_list() -> None:
    assert BRIDGE.call("dbee_object_patterns", "a.b") == BRIDGE.call("dbee_object_patterns", ["a.b"])


def test_both_worlds_know_the_same_system_databases() -> None:
    assert set(BRIDGE.call("dbee_system_databases")) == SYSTEM_DATABASES
