"""Graphs of dependencies: cases in graph.txt, and that an order is one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.dependencies.build import dependency_graph
from dbee_dbt.dependencies.graph import Edge, graph_of
from dbee_dbt.model.catalog import Look, ObjectFilter
from dbee_dbt.model.objects import ObjectKey
from dbee_dbt.report.dependencies import dependencies_dot, dependencies_text
from tests.ddl.golden import Case, cases
from tests.dependencies.catalogs import catalog, dependencies, key
from tests.strategies.queries import Made, queries

CASES = cases(Path(__file__).with_name("graph.txt"), "=>")
VERDICTS = (
    "missing in what was looked at, or outside of it",
    "what is read by tokens only is said, and that is a verdict",
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_dependencies(case: Case) -> None:
    script, expected = case.parts
    found = dependencies(script)
    assert dependencies_text(found).rstrip("\n") == expected
    assert found.exit_code == (case.title in VERDICTS)


def _graph(links: list[tuple[int, int]]) -> dict[ObjectKey, list[ObjectKey]]:
    found: dict[ObjectKey, list[ObjectKey]] = {ObjectKey("view", "D", f"V{number}"): [] for number in range(8)}
    for source, target in links:
        found[ObjectKey("view", "D", f"V{source}")].append(ObjectKey("view", "D", f"V{target}"))
    return found


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=16))
def test_every_object_stands_behind_what_it_depends_on_unless_they_are_a_cycle(links: list[tuple[int, int]]) -> None:
    targets = _graph(links)
    edges = [
        Edge(source=source, how="reads", name="", target=target, state="resolved")
        for source, found in targets.items()
        for target in found
    ]
    graph = graph_of(targets, edges, {}, {})
    order = graph.order()
    place = {one: index for index, one in enumerate(order.objects)}
    assert sorted(order.objects) == sorted(targets)
    cycle = {one: index for index, several in enumerate(order.cycles) for one in several}
    for edge in edges:
        assert edge.target is not None
        same = edge.source in cycle and cycle[edge.source] == cycle.get(edge.target)
        assert same or edge.source == edge.target or place[edge.target] < place[edge.source]
    for several in order.cycles:
        assert all(set(several) <= graph.all_dependencies(one) for one in several)


def test_a_chain_of_any_length_is_ordered() -> None:
    script = "".join(f"REPLACE VIEW d.v{number} AS SELECT a FROM d.v{number + 1};" for number in range(3000))
    found = dependency_graph(catalog(script))
    assert found.order().objects[0] == key("view", "d.v2999")
    assert len(found.all_dependencies(key("view", "d.v0"))) == 2999


@given(queries())
def test_a_view_depends_on_the_tables_of_its_query(made: Made) -> None:
    tables = dict.fromkeys(made.tables)
    script = "".join(f"CREATE TABLE {table} (A INTEGER, B INTEGER);" for table in tables)
    graph = dependency_graph(catalog(f"{script} REPLACE VIEW D.V AS {made.named('q')};"))
    edges = graph.objects[key("view", "D.V")]
    assert [edge.name for edge in edges] == list(made.tables)
    assert all(edge.state == "resolved" for edge in edges)
    assert graph.all_dependants(key("table", edges[0].name.replace('"', ""))) == {key("view", "D.V")}


def test_a_dot_within_a_name_divides_nothing() -> None:
    found = dependency_graph(catalog('CREATE TABLE D.T (A "X.Y"."THE.TYPE", B CHAR(9) COMPRESS USING "X.Y"."F.G");'))
    assert [edge.name for edge in found.edges] == ['"X.Y"."THE.TYPE"', '"X.Y"."F.G"']


def test_outside_of_the_scope_nothing_is_missing() -> None:
    whole = catalog(
        "CREATE TABLE d.t (a INTEGER); CREATE TABLE e.t (a INTEGER); REPLACE VIEW d.v AS SELECT a FROM e.t;"
    )
    part = whole.narrowed(Look(ObjectFilter(include=("d",))))
    (edge,) = dependency_graph(part).objects[key("view", "d.v")]
    assert (edge.state, edge.target) == ("outside", None)


def test_names_are_escaped_for_graphviz() -> None:
    found = dependencies('CREATE TABLE "a""\\"."t\n]" (a INTEGER); REPLACE VIEW d.v AS SELECT a FROM "a""\\"."t\n]";')
    assert dependencies_dot(found).splitlines() == [
        "digraph dependencies {",
        '  "table \\"a\\"\\"\\\\\\".\\"t\\\\n]\\"";',
        '  "view d.v";',
        '  "view d.v" -> "table \\"a\\"\\"\\\\\\".\\"t\\\\n]\\"" [label="reads"];',
        "}",
    ]
