"""What every test stands on: dbt sends nothing home, and xdist keeps together what shares a costly set-up."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadScopeScheduling

os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"

# In CI the same examples every time, so that a red run can be had again; elsewhere new ones are looked for.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

pytest_plugins = ["tests.adapter.report"]

# Several modules with one costly set-up, by how their paths begin; one process runs them all.
SHARED = {
    "tests/packaging/": "packaging",
    "tests/validators/": "validators",
    "integration_tests/test_demo.py": "demo",
    "integration_tests/test_docs_commands.py": "demo",
}


def scope_of(nodeid: str) -> str:
    """What one process runs as a whole: modules that share a set-up, else a class, else the functions of a module."""
    shared = (scope for path, scope in SHARED.items() if nodeid.startswith(path))
    return next(shared, nodeid.partition("[")[0].rpartition("::")[0])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    """Distribute by :func:`scope_of`. (xdist's own loadgroup groups nothing under pytest 9.2, and does not say so.)"""
    from xdist.scheduler import LoadScopeScheduling

    class ByScope(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return scope_of(nodeid)

    config.option.loadscopereorder = False  # else what has most tests comes first, and _haste is for nothing
    return ByScope(config, log) if config.getoption("dist") == "loadscope" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first, so that no process is left alone with it at the end."""
    items.sort(key=_haste)


def _haste(item: pytest.Item) -> int:
    """0 for what builds an environment, 1 for what starts dbt, 2 for the rest; the order is kept otherwise."""
    if item.get_closest_marker("packaging"):
        return 0
    return 1 if item.get_closest_marker("dbt") or item.path.parent.name == "adapter" else 2
