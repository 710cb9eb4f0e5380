"""From which columns those of views come: cases in lineage.txt and through_views.txt, and queries that are known."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.dependencies.lineage import Lineage
from dbee_dbt.dependencies.views import Lineages
from dbee_dbt.report.dependencies import dependencies_text
from tests.ddl.golden import Case, cases
from tests.dependencies.catalogs import catalog, dependencies, key
from tests.strategies.queries import TABLES, Made, queries

HERE = Path(__file__).parent
TABLES_AND = "".join(f"CREATE TABLE {table} (A INTEGER, B INTEGER);" for table in TABLES)


def _views(script: str, *, through_views: bool) -> str:
    """The columns of the views alone."""
    told = dependencies_text(dependencies(script, columns=True, through_views=through_views))
    paragraphs = [part.split("\n") for part in told.split("\n\n") if part.startswith("view ")]
    return "\n".join("\n".join([head, *_behind(lines)]) for head, *lines in paragraphs)


def _behind(lines: list[str]) -> list[str]:
    first = next(index for index, line in enumerate(lines) if line.strip().startswith("columns"))
    return lines[first:]


@pytest.mark.parametrize("case", cases(HERE / "lineage.txt", "=>"), ids=lambda case: case.title)
def test_columns(case: Case) -> None:
    script, expected = case.parts
    assert _views(script, through_views=False) == expected


@pytest.mark.parametrize("case", cases(HERE / "through_views.txt", "=>"), ids=lambda case: case.title)
def test_columns_through_views(case: Case) -> None:
    script, expected = case.parts
    assert _views(script, through_views=True) == expected


def lineage(query: str, *, through_views: bool = False) -> Lineage:
    lineages = Lineages(catalog(f"{TABLES_AND} {query}"))
    return (lineages.down_to_tables if through_views else lineages.of)(key("view", "D.V"))


def origins(made: Made) -> list[tuple[str, str, str]]:
    """The columns from which the column of a query comes, as they are told."""
    return sorted((*(part.strip('"') for part in table.split(".")), "A") for table in made.origins)


def told(found: Lineage) -> list[tuple[str, str, str]]:
    return [(source.database, source.name, source.column) for column in found.columns for source in column.sources]


@given(queries())
def test_the_origin_of_a_column(made: Made) -> None:
    found = lineage(f"REPLACE VIEW D.V AS {made.named('q')};")
    assert (found.not_bound, told(found)) == ("", origins(made))
    assert found.columns[0].kind == ("direct" if made.is_direct else "derived")


@given(queries(), st.sampled_from(["D", "orders", "Über_"]))
def test_names_of_its_own_make_no_difference(made: Made, prefix: str) -> None:
    assert lineage(f"REPLACE VIEW D.V AS {made.named('q')};") == lineage(f"REPLACE VIEW D.V AS {made.named(prefix)};")


@given(queries())
def test_through_a_view_it_is_the_same(made: Made) -> None:
    direct = lineage(f"REPLACE VIEW D.V AS {made.named('q')};")
    script = f"REPLACE VIEW D.BELOW AS {made.named('q')}; REPLACE VIEW D.V AS SELECT * FROM D.BELOW;"
    assert lineage(script, through_views=True) == direct


def test_a_long_condition_is_no_problem() -> None:
    condition = " AND ".join(f"B <> {number}" for number in range(2000))
    found = lineage(f"REPLACE VIEW D.V AS SELECT A FROM D.LINES WHERE {condition};")
    assert (found.not_bound, [source.column for source in found.filters]) == ("", ["B"])


@pytest.mark.parametrize("first_asked", ["D.V0", "D.V1500", "D.V2999"])
def test_views_upon_views_in_any_number_and_asked_for_in_any_order(first_asked: str) -> None:
    script = "".join(f"REPLACE VIEW D.V{number} AS SELECT A FROM D.V{number + 1};" for number in range(2999))
    lineages = Lineages(catalog(f"{TABLES_AND} {script} REPLACE VIEW D.V2999 AS SELECT A FROM D.LINES;"))
    lineages.down_to_tables(key("view", first_asked))
    assert told(lineages.of(key("view", "D.V0"))) == [("D", "V1", "A")]
    assert told(lineages.down_to_tables(key("view", "D.V0"))) == [("D", "LINES", "A")]
