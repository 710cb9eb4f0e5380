"""Views become models: the cases stand in views.txt."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.model.catalog import Catalog, ObjectFilter, catalog_of
from dbee_dbt.model.objects import Table, View
from dbee_dbt.project.conversion.convert import convert_view
from dbee_dbt.project.conversion.query_text import CannotConvertError
from dbee_dbt.project.conversion.relations import sink_of
from dbee_dbt.project.conversion.template import Edit, rendered
from dbee_dbt.project.conversion.view_query import read_view_query
from dbee_dbt.project.conversion.views import converted_from
from dbee_dbt.project.generate import GeneratedName, GenerationOptions
from dbee_dbt.session.options import ProjectOptions
from tests.project.conversion.scenarios import Scenario, check, scenarios

FILE = "views.txt"
HOW = GenerationOptions(into="models", prefix="")
_, *CASES = scenarios(FILE)


def catalog_of_ddl(folder: Path, ddl: str) -> Catalog:
    (folder / "ddl.sql").write_text(ddl, encoding="utf-8")
    return load_catalog(f"dir:{folder}", ObjectFilter(), ProjectOptions(project_dir=folder))


@pytest.mark.parametrize("scenario", CASES, ids=[case.title for case in CASES])
def test_a_view_becomes_a_model(scenario: Scenario, tmp_path: Path) -> None:
    def made(common: Scenario, case: Scenario) -> dict[str, str]:
        generation, conversion = converted_from(catalog_of_ddl(tmp_path, common.ddl + case.ddl), HOW)
        names = {one.path: one.model for one in generation.names if one.converted}
        found = {f"model {names[file.path]}": file.text for file in generation.files if file.path in names}
        said = {
            "not converted": [f"{one.line}: {one.what}" for one in conversion.not_converted],
            "left as written": [f"{one.view}: {one.name}" for one in conversion.left],
        }
        return found | {heading: "\n".join(lines) for heading, lines in said.items() if lines}

    check(FILE, made, scenario)


COLUMNS = """
CREATE TABLE S.T (A INTEGER, B VARCHAR(10) CHARACTER SET LATIN, C DECIMAL(9,2));
CREATE VIEW S.W (X, Y, Z, N) AS SELECT v.*, v.A * v.A, S.OWN(1) FROM S.V v;
CREATE VIEW S.V AS SELECT A, B FROM S.T;
CREATE VIEW S.AWAY AS SELECT A FROM O.T;
"""


def test_columns_and_types_come_from_the_queries_where_nobody_has_asked_a_database(tmp_path: Path) -> None:
    generation, _ = converted_from(catalog_of_ddl(tmp_path, COLUMNS), HOW)
    (text,) = (file.text for file in generation.files if file.path.endswith("__models.yml"))
    models = {
        model["name"]: [(column["name"], column.get("data_type")) for column in model["columns"]]
        for model in YAML(typ="safe").load(text)["models"]
    }
    assert models["S__V"] == [("A", "INTEGER"), ("B", "VARCHAR(10) CHARACTER SET LATIN")]
    assert models["S__W"] == [
        *zip("XY", ("INTEGER", "VARCHAR(10) CHARACTER SET LATIN"), strict=True),
        ("Z", "INTEGER"),
        ("N", None),
    ]
    assert models["S__AWAY"] == [("A", None)]


GAPS = st.sampled_from((" ", "\n", "\t", "  ", " /* {{ S.T }} */ ", " -- from S.T, 'x\n", " /*{%*/ ", "\n\n/* O.T */"))
# Words of a query; a table is written as the name that stands for it.
QUERY = (
    "SELECT a , '{{x}}S.T' AS b , S.T . a , U . D FROM S.T , S.U AS U WHERE a IN ( SELECT A FROM O.T ) AND U.D <> '{%'"
).split(" ")


@settings(max_examples=40)
@given(st.lists(GAPS, min_size=len(QUERY), max_size=len(QUERY)))
def test_only_names_of_tables_change_whatever_stands_around_them(gaps: list[str]) -> None:
    text = "".join(map("".join, zip(QUERY, gaps, strict=True)))
    view = View(database="S", name="V", text=f"CREATE VIEW S.V AS {text}")
    tables = [Table(database=name[0], name=name[-1]) for name in ("S.T", "S.U", "O.T")]
    names = [
        GeneratedName(database=one.database, name=one.name, source=one.database, table=one.name, model="", path="")
        for one in tables
    ]
    model = convert_view(read_view_query(view), sink_of(catalog_of("x:", [*tables, view]), names)).text
    rendered = jinja2.Environment().from_string(model).render(config=lambda **_: "", source="<{}.{}>".format)
    words = [f"<{word}>" if word in ("S.T", "S.U", "O.T") else word for word in QUERY]
    expected = "".join(map("".join, zip(words, gaps, strict=True)))
    assert rendered.strip() == expected.strip()


@given(st.text(alphabet="{}%#'\"\r\n\t \u202eax"))
def test_what_no_edit_replaces_is_the_text_again(text: str) -> None:
    sink = sink_of(catalog_of("x:", []), [])
    template = rendered(text, 0, len(text), [Edit(len(text), len(text), "|")], sink.escape)
    assert jinja2.Environment(keep_trailing_newline=True).from_string(template).render() == f"{text}|"


CALLS = """
CREATE TABLE S.T (A INTEGER);
CREATE VIEW S.V AS SELECT F.MASKED(A) AS A, SYSLIB.OTHER(A) AS B FROM S.T;
"""


@pytest.mark.parametrize(("physical", "left"), [("F", []), ("DEV_F", ["F.MASKED"])])
def test_a_function_is_pointed_out_where_an_environment_calls_its_database_differently(
    tmp_path: Path, physical: str, left: list[str]
) -> None:
    catalog = catalog_of_ddl(tmp_path, CALLS)
    _, conversion = converted_from(catalog, HOW, lambda name: {"dev": physical if name == "F" else name})
    assert [one.name for one in conversion.left] == left
    assert converted_from(catalog, HOW)[1].left == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "its text is not known"),
        ("CREATE VIEW&XS.V AS SELECT 1 AS A", "its header is not read"),
        ("CREATE VIEW S.V AS SELECT 'open", "its query is not read: error 3760, line 1"),
        ("CREATE VIEW S.V AS", "its text is not read"),
        ("CREATE TABLE S.V (A INTEGER)", "its text is no CREATE VIEW"),
        (
            "CREATE VIEW S.V AS " + "(" * 5000 + "SELECT 1" + ")" * 5000,
            "its query is not read: nesting of more than 50 levels, line 1",
        ),
    ],
)
def test_what_is_no_readable_view_is_left_with_the_reason(text: str | None, reason: str) -> None:
    with pytest.raises(CannotConvertError, match=reason):
        read_view_query(View(database="S", name="V", text=text))
