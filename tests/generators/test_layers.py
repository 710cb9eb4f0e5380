"""Layers behind staging, what dbt holds models to, and unit-test skeletons: where they come from, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.model.catalog import ObjectFilter
from dbee_dbt.model.errors import MacroError
from dbee_dbt.project.generate import Generation, generated_from, generation_options
from dbee_dbt.project.write_files import write_files
from dbee_dbt.session.options import ProjectOptions

DDL = """
CREATE MULTISET TABLE A.DIM_SHOP (SHOP_ID INTEGER NOT NULL PRIMARY KEY, SHOP_NM CHAR(9) CHARACTER SET LATIN CHECK (SHOP_NM > 'A'),
  SINCE CHAR(8) CHARACTER SET LATIN CHECK (SINCE > '2')) PRIMARY INDEX (SHOP_NM);
CREATE MULTISET TABLE A.F_SALE (SALE_ID INTEGER NOT NULL) UNIQUE PRIMARY INDEX (SALE_ID);
CREATE MULTISET TABLE B.DIM_SHOP (SHOP_ID INTEGER, SPOT ST_GEOMETRY) PRIMARY INDEX (SHOP_ID);
CREATE VIEW A.D_ALL AS SELECT * FROM A.DIM_SHOP;
CREATE VIEW A.D_ONE (X) AS SELECT 1;
"""


def generated(folder: Path, **asked: Any) -> Generation:
    (folder / "a.sql").write_text(DDL, encoding="utf-8")
    options = ProjectOptions(project_dir=folder)
    wanted = ObjectFilter(("A", "B"))
    return generated_from(load_catalog(f"dir:{folder}", wanted, options), generation_options(asked, options))


def models(made: Generation) -> dict[str, dict[str, Any]]:
    """What the YAML says, by model."""
    found = [YAML(typ="safe", pure=True).load(file.text) for file in made.files if file.path.endswith("__models.yml")]
    return {model["name"]: model for each in found for model in each["models"]}


def texts(made: Generation, folder: str) -> dict[str, str]:
    return {
        file.path.removeprefix(folder): file.text
        for file in made.files
        if file.path.startswith(folder) and file.path.endswith(".sql")
    }


def test_the_usual_names_of_tables_say_what_they_are(tmp_path: Path) -> None:
    made = generated(tmp_path, layers=True, case="lower")
    marts = texts(made, "models/marts/")
    assert [path for path in marts if not path.startswith(("a/dim_shop_", "b/dim_shop_"))] == [
        "a/dim_one.sql",
        "a/fct_sale.sql",
    ]
    assert len(marts) == 4  # two databases have a DIM_SHOP: each gets a suffix of its own
    assert marts["a/fct_sale.sql"].endswith('select\n    sale_id\nfrom {{ ref("stg_a__f_sale") }}\n')
    assert 'index="UNIQUE PRIMARY INDEX (SALE_ID)"' in marts["a/fct_sale.sql"]


def test_each_layer_reads_the_one_before_it(tmp_path: Path) -> None:
    layers = [
        {"tables": ["a.dim_*"], "name": "int_*_joined"},
        {"tables": ["C.*", "*SHOP"], "name": "mart_*", "into": "models/x", "materialized": "view"},
    ]
    made = generated(tmp_path, layers=layers)
    assert texts(made, "models/intermediate/A/")["int_SHOP_joined.sql"].endswith('from {{ ref("stg_A__DIM_SHOP") }}\n')
    (first, second) = sorted(texts(made, "models/x/").items())
    assert first[0].startswith("A/mart_DIM__") and first[1].endswith('from {{ ref("int_SHOP_joined") }}\n')
    assert second[0].startswith("B/mart_DIM__") and second[1].endswith('from {{ ref("stg_B__DIM_SHOP") }}\n')
    paths = [file.path for file in made.files]
    assert "models/x/B/_B__models.yml" in paths
    assert {node.path for node in made.nodes} <= set(paths)


def test_a_model_behind_a_converted_view_has_the_columns_of_its_text(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text(DDL, encoding="utf-8")
    options = ProjectOptions(project_dir=tmp_path)
    asked = {"layers": True, "columns": [{"name": "*", "rename": "y_*"}], "access": "public", "version": 1}
    catalog = load_catalog(f"dir:{tmp_path}", ObjectFilter(("A",)), options)
    views = frozenset(key for key in catalog.objects if key.kind == "view")
    made = generated_from(catalog, generation_options(asked, options), converted=views)
    assert "select\n    X\nfrom" in texts(made, "models/marts/A/")["dim_ONE.sql"]
    assert "dim_ALL.sql" not in texts(made, "models/marts/A/")
    assert ("model behind a view", 1) in [(left.what, left.count) for left in made.summary.skipped]
    assert models(made)["stg_A__D_ONE"]["config"] == {"access": "public"}
    assert "stg_A__D_ONE.sql" in texts(made, "models/staging/A/")


def test_a_layer_is_held_to_what_its_own_rule_says(tmp_path: Path) -> None:
    rule = {"tables": "A.F_*", "name": "fct_*", "contract": True, "version": 2, "access": "public", "group": "sales"}
    found = models(generated(tmp_path, layers=[rule], group={"name": "raw", "owner": "x"}))
    assert found["fct_SALE"]["config"] == {"contract": {"enforced": True}, "group": "sales", "access": "public"}
    assert (found["fct_SALE"]["latest_version"], found["fct_SALE"]["versions"]) == (2, [{"v": 2}])
    assert found["stg_A__F_SALE"]["config"] == {"group": "raw"}


def test_a_table_under_contract_has_the_keys_and_checks_that_its_source_has(tmp_path: Path) -> None:
    rules = [{"name": "*_NM", "rename": "*_name"}, {"name": "SINCE", "cast": "INTEGER"}]
    made = generated(tmp_path, contract=True, materialized="table", columns=rules)
    shop = models(made)["stg_A__DIM_SHOP"]
    assert shop["constraints"] == [
        {"type": "primary_key", "columns": ["SHOP_ID"]},
        {"type": "check", "expression": "SHOP_name > 'A'"},
    ]
    assert [column.get("constraints") for column in shop["columns"]] == [[{"type": "not_null"}], None, None]
    assert 'index="PRIMARY INDEX (SHOP_name)"' in texts(made, "models/staging/A/")["stg_A__DIM_SHOP.sql"]
    assert "constraints" not in models(made)["stg_A__F_SALE"]  # its key is the primary index
    assert [(left.what, left.why) for left in made.summary.skipped] == [
        ("check constraint of a model", "it rests on a column that is cast"),
        ("contract", "the type of a column is not known"),
        ("view", "its columns are not known"),
    ]


def test_a_view_under_contract_has_no_constraints(tmp_path: Path) -> None:
    shop = models(generated(tmp_path, contract=True))["stg_A__DIM_SHOP"]
    assert shop["config"] == {"contract": {"enforced": True}}
    assert "constraints" not in shop and not any("constraints" in column for column in shop["columns"])


def test_a_group_is_written_where_its_owner_is_known(tmp_path: Path) -> None:
    made = generated(tmp_path, group={"name": "raw", "owner": 'the "owner" {{ x }}'}, layers=[
        {"tables": "F_*", "name": "fct_*", "group": "other"}])  # fmt: skip
    (text,) = [file.text for file in made.files if file.path.endswith("_groups.yml")]
    assert text.endswith("- name: raw\n    owner:\n      name: \"the \\\"owner\\\" {{ '{' }}{{ '{' }} x }}\"\n")


def test_a_unit_test_gives_values_of_the_types_of_its_columns(tmp_path: Path) -> None:
    rules = [{"name": "*_NM", "rename": "*_name", "trim": True}, {"name": "SINCE", "cast": "INTEGER"}]
    made = generated(tmp_path, unit_tests=True, columns=rules, case="lower")
    (a, b) = [
        YAML(typ="safe", pure=True).load(file.text) for file in made.files if file.path.endswith("__unit_tests.yml")
    ]
    assert [test["model"] for test in a["unit_tests"]] == ["stg_a__dim_shop", "stg_a__f_sale"]
    shop = a["unit_tests"][0]
    assert shop["given"] == [{"input": "source('A', 'DIM_SHOP')", "rows": [{"SHOP_ID": 1, "SHOP_NM": "a"}]}]
    assert shop["expect"] == {"rows": [{"shop_id": 1, "shop_name": "a"}]}
    assert b["unit_tests"][0]["expect"] == {"rows": [{"shop_id": 1}]}


def test_files_of_layers_stay_in_their_folders(tmp_path: Path) -> None:
    options = ProjectOptions(project_dir=tmp_path)
    how = generation_options({"layers": True, "into": "models/raw"}, options)
    assert how.folders == ("models/raw", "models/marts")
    (tmp_path / "p").mkdir()
    written = write_files(generated(tmp_path, layers=True, into="models/raw").files, tmp_path / "p", *how.folders)
    assert {each.outcome for each in written} == {"written"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"layers": "x"}, "layers must be true, false or a list of rules"),
        ({"layers": [{"tables": "D_*"}]}, "needs tables and name"),
        ({"layers": [{"tables": "D_*", "name": "a b"}]}, "may hold letters, digits and underscores only"),
        ({"layers": [{"tables": "*_D_*", "name": "dim_*"}]}, "renames by one *"),
        ({"layers": [{"tables": "D_*", "name": "dim_*", "into": "../x"}]}, "names no folder"),
        ({"layers": [{"tables": "D_*", "name": "dim_*", "schema": "x"}]}, "there is no schema"),
        ({"layers": [{"tables": "D_*", "name": "dim_*", "version": 0}]}, "must be a number from 1"),
        ({"version": True}, "must be a number from 1"),
        ({"access": "open"}, "must be private or protected or public"),
        ({"group": {"owner": "x"}}, "has no name"),
        ({"group": "a b"}, "may hold letters"),
        ({"group": ["x"]}, "must be a dictionary of: name, owner"),
        ({"contract": "yes"}, "must be true or false"),
        ({"unit_tests": 1}, "must be true or false"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(MacroError) as refused:
        generation_options(asked, ProjectOptions(project_dir=tmp_path))
    assert said in str(refused.value)
