"""From a schema to sources, staging models and their YAML. The goldens stand in shop/; DBEE_GOLDENS=write renews them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.model.catalog import Catalog, ObjectFilter, catalog_of
from dbee_dbt.model.errors import GenerationError
from dbee_dbt.model.objects import Column, Database, Table
from dbee_dbt.model.types import DataType
from dbee_dbt.project.generate import Generation, GenerationOptions, Skipped, generated_from
from dbee_dbt.session.options import ProjectOptions

SHOP = Path(__file__).parent / "shop"


def shop(*patterns: str) -> Catalog:
    return load_catalog(f"dir:{SHOP / 'ddl'}", ObjectFilter(patterns or ("SHOP",)), ProjectOptions(project_dir=SHOP))


def table(database: str, name: str) -> Table:
    return Table(database=database, name=name, columns=(Column(name="id", type=DataType("INTEGER")),))


def paths(made: Generation) -> list[str]:
    return [file.path for file in made.files]


@pytest.mark.parametrize(
    ("golden", "how"),
    [
        ("view", GenerationOptions(into="view")),
        ("table", GenerationOptions(into="table", materialized="table", case="lower", prefix="base_")),
    ],
)
def test_a_schema_becomes_these_files(golden: str, how: GenerationOptions) -> None:
    made = {file.path: file.text for file in generated_from(shop(), how).files}
    if os.environ.get("DBEE_GOLDENS") == "write":
        for path, text in made.items():
            (SHOP / path).parent.mkdir(parents=True, exist_ok=True)
            (SHOP / path).write_text(text, encoding="utf-8", newline="\n")
    expected = {
        path.relative_to(SHOP).as_posix(): path.read_text(encoding="utf-8") for path in (SHOP / golden).rglob("*.*")
    }
    assert made == expected


def test_what_gets_no_model_is_counted_with_the_reason() -> None:
    summary = generated_from(shop(), GenerationOptions()).summary
    assert (summary.tables, summary.views, summary.columns) == (4, 1, 17)
    assert (summary.untyped, summary.untested) == (2, 1)
    assert summary.skipped == (
        Skipped("macro", "no model reads this kind", 1),
        Skipped("model of a global temporary table", "each session sees only its own rows", 1),
        Skipped("view", "its columns are not known", 1),
    )


def test_a_statement_that_was_not_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("CREATE MULTISET TABLE A.T (I INTEGER); COMMENT ON TABLE A.GONE AS 'x';")
    catalog = load_catalog(f"dir:{tmp_path}", ObjectFilter(("A",)), ProjectOptions(project_dir=tmp_path))
    (said,) = generated_from(catalog, GenerationOptions()).summary.not_read
    assert said == f"{tmp_path / 'a.sql'}:1: GONE is not defined in what was read"


def test_nothing_but_macros_is_an_error_that_says_so() -> None:
    with pytest.raises(GenerationError, match=r"1 macro \(no model reads this kind\)"):
        generated_from(shop("SHOP.Today"), GenerationOptions())


def test_the_same_catalog_gives_the_same_bytes_in_any_order() -> None:
    objects = list(shop())
    backwards = catalog_of("dir:", reversed(objects))
    assert generated_from(backwards, GenerationOptions()) == generated_from(
        catalog_of("dir:", objects), GenerationOptions()
    )


def test_objects_whose_names_become_alike_get_a_model_each() -> None:
    made = generated_from(
        catalog_of("x:", [table("A", "t#1"), table("A", "t 1"), table("A", "t_1")]), GenerationOptions()
    )
    models = [path for path in paths(made) if path.endswith(".sql")]
    assert len({path.lower() for path in models}) == 3
    assert "models/staging/A/stg_A__t_1.sql" in models


def test_models_of_two_databases_do_not_share_a_name() -> None:
    made = generated_from(catalog_of("x:", [table("A", "B__C"), table("A__B", "C")]), GenerationOptions())
    stems = [path.rpartition("/")[2] for path in paths(made) if path.endswith(".sql")]
    assert len(set(stems)) == 2


def test_databases_whose_names_become_alike_get_a_folder_each() -> None:
    made = generated_from(
        catalog_of("x:", [table("A 1", "T"), table("A#1", "T"), table("CON", "T")]), GenerationOptions()
    )
    assert len({path.split("/")[2].lower() for path in paths(made)}) == 3
    assert "models/staging/CON_/_CON___sources.yml" in paths(made)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "a\\b", "..", "nul", "C:evil"])
def test_no_name_makes_a_path(name: str) -> None:
    made = generated_from(catalog_of("x:", [Database(name=name), table(name, name)]), GenerationOptions(prefix=""))
    assert all(len(path.split("/")) == 4 and ".." not in path and "\\" not in path for path in paths(made))


def test_model_names_leave_room_for_what_dbt_appends() -> None:
    made = generated_from(catalog_of("x:", [table("D" * 128, "T" * 128)]), GenerationOptions())
    assert (
        max(len(path.rpartition("/")[2].removesuffix(".sql")) for path in paths(made) if path.endswith(".sql")) == 116
    )


def test_a_primary_index_that_nobody_knows_is_not_made_up(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("CREATE MULTISET TABLE A.T (I INTEGER) PARTITION BY RANGE_N(I BETWEEN 1 AND 9);")
    catalog = load_catalog(f"dir:{tmp_path}", ObjectFilter(("A",)), ProjectOptions(project_dir=tmp_path))
    text = "".join(file.text for file in generated_from(catalog, GenerationOptions(materialized="table")).files)
    assert "PRIMARY INDEX" not in text
    assert 'index="PARTITION BY RANGE_N(I BETWEEN 1 AND 9)"' in text
