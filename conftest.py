"""What every test stands on: dbt sends nothing home, and xdist keeps together what shares a costly set-up."""

from __future__ import annotations

import os

import hypothesis
import pytest

os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"

# In CI the same examples every time, so that a red run can be had again; elsewhere new ones are looked for.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

pytest_plugins = ["tests.adapter.report"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process runs a whole class, or the functions of a module; the packaging tests share one environment."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(_group(item)))


def _group(item: pytest.Item) -> str:
    if item.get_closest_marker("packaging"):
        return "packaging"
    return item.nodeid.partition("[")[0].rpartition("::")[0]
