"""Tests that share a costly set-up run in one process: conftest.py at the root decides."""

from pathlib import Path

import pytest

from conftest import SHARED, scope_of

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("nodeid", "scope"),
    [
        ("tests/ddl/test_lexer.py::test_one", "tests/ddl/test_lexer.py"),
        ("tests/ddl/test_lexer.py::test_one[a::b]", "tests/ddl/test_lexer.py"),
        ("tests/adapter/test_basic.py::TestEmpty::test_empty", "tests/adapter/test_basic.py::TestEmpty"),
        ("tests/packaging/test_installed.py::test_the_wheel", "packaging"),
        ("integration_tests/test_docs_commands.py::test_page[README.md]", "demo"),
    ],
)
def test_what_one_process_runs(nodeid, scope):
    assert scope_of(nodeid) == scope


def test_what_is_shared_exists():
    assert all((ROOT / path).exists() for path in SHARED)


def test_xdist_asks_the_scheduler(pytestconfig):
    hook = pytestconfig.pluginmanager.hook.pytest_xdist_make_scheduler
    ours = [found.plugin for found in hook.get_hookimpls()]
    assert SHARED in [getattr(plugin, "SHARED", None) for plugin in ours]
