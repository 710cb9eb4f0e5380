"""What is left out of dbt's suite stands in one file, is little, and is nothing of what must work."""

import importlib
from collections.abc import Iterator

from tests.adapter.report import HERE, Outcome, base_of, left_out, page_section

WHOLE_GROUPS = {"basic", "constraints", "incremental", "simple_snapshot"}


def suite_tests() -> Iterator[tuple[str, str]]:
    """Each test function of the suite as ``Class.test_function``, with the group it comes from."""
    for path in sorted(HERE.glob("test_*.py")):
        module = importlib.import_module(f"tests.adapter.{path.stem}")
        for ours in vars(module).values():
            if isinstance(ours, type) and ours.__name__.startswith("Test") and (base := base_of(ours)):
                names = [name for name in dir(ours) if name.startswith("test_")]
                yield from ((f"{ours.__name__}.{name}", base.split(".")[3]) for name in names)


def test_left_out_names_tests_that_exist_and_says_why():
    assert set(left_out()) <= {test for test, _ in suite_tests()}
    assert all(len(reason) > 20 for reason in left_out().values())


def test_at_most_a_tenth_is_left_out():
    assert len(left_out()) <= 0.1 * len(list(suite_tests()))


def test_nothing_of_the_groups_that_must_work_is_left_out():
    groups = dict(suite_tests())
    assert groups.keys() >= left_out().keys()
    assert {groups[test] for test in left_out()} & WHOLE_GROUPS == set()


def test_class_names_are_used_once():
    tests = [test for test, _ in suite_tests()]
    assert len(tests) == len(set(tests))


def test_the_section_shows_a_failure_as_such():
    base = "dbt.tests.adapter.basic.test_base.BaseSimpleMaterializations"
    section = page_section(
        [
            Outcome(base, "TestOne", "test_base", "passed", ""),
            Outcome(base, "TestTwo", "test_base", "failed", ""),
            Outcome(base, "TestTwo", "test_more", "left out", "no such thing"),
        ]
    )
    assert "3 test functions of 1 classes ran: 1 passed, 2 left out" in section
    assert "| basic | BaseSimpleMaterializations | TestTwo | 2 | 0 |" in section
    assert "- `TestTwo.test_base`: failed\n- `TestTwo.test_more`: no such thing\n" in section
