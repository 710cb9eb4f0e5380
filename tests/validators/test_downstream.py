"""What depends on a node: one answer in the dbt macro and in the manifest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.bridge import Bridge
from dbee_dbt.project.manifest import Manifest, _Document, _Metadata, downstream
from dbee_dbt.project.settings import ProjectSettings

BRIDGE = Bridge()
KINDS = st.sampled_from(["model", "snapshot", "exposure", "test", "analysis"])
SETTINGS = ProjectSettings(root=Path(), name="shop", target_path=Path(), paths={}, packages_path=Path())


@st.composite
def graphs(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Nodes, each of which depends on some of those before it."""
    nodes: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 12))):
        kind = "model" if number == 0 else draw(KINDS)
        parents = [node["unique_id"] for node in nodes if node["resource_type"] == "model"]
        chosen = draw(st.lists(st.sampled_from(parents), unique=True)) if parents else []
        nodes.append({"unique_id": f"{kind}.shop.n{number}", "resource_type": kind, "depends_on": {"nodes": chosen}})
    return nodes


@given(graphs())
def test_the_macro_names_the_models_snapshots_and_exposures_below(nodes: list[dict[str, Any]]) -> None:
    document = _Document(_Metadata(), nodes={node["unique_id"]: node for node in nodes}, sources={})
    below = downstream(Manifest(Path(), SETTINGS, document, ()), [nodes[0]["unique_id"]])
    finding = {"node": nodes[0]["unique_id"], "downstream": []}
    BRIDGE.call("dbee_add_downstream", [finding], nodes)
    assert finding["downstream"] == [key for key in below if key.partition(".")[0] in ("model", "snapshot", "exposure")]


def test_a_circle_ends() -> None:
    nodes = [
        {"unique_id": f"model.shop.{name}", "resource_type": "model", "depends_on": {"nodes": [f"model.shop.{other}"]}}
        for name, other in ("ab", "ba")
    ]
    finding = {"node": "model.shop.a", "downstream": []}
    BRIDGE.call("dbee_add_downstream", [finding], nodes)
    assert json.dumps(finding["downstream"]) == '["model.shop.a", "model.shop.b"]'
