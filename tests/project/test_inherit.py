"""`--sync --inherit-descriptions`: a column is described by what it certainly is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dbee_dbt.model.catalog import ObjectFilter
from dbee_dbt.project.generate import GenerationOptions, generate
from dbee_dbt.project.sync import find_sync, write_sync
from dbee_dbt.project.write_files import write_files
from dbee_dbt.session.options import ProjectOptions

DDL = """
CREATE DATABASE D FROM DBC AS PERM = 1e6;
CREATE MULTISET TABLE D.T (id INTEGER, name VARCHAR(10), note VARCHAR(10)) PRIMARY INDEX (id);
COMMENT ON COLUMN D.T.name IS 'the name {{ here }}';
COMMENT ON COLUMN D.T.note IS 'a note';
REPLACE VIEW D.V (id, other, both_, note) AS SELECT t.id, t.name, t.id + 1, t.note FROM D.T AS t;
REPLACE VIEW D.W (key_, other) AS SELECT v.id, v.other FROM D.V AS v;
COMMENT ON COLUMN D.V.note IS 'its own';
"""
SOURCES = "models/staging/D/_D__sources.yml"
MODELS = "models/staging/D/_D__models.yml"


class Project:
    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "ddl").mkdir()
        (root / "ddl" / "d.sql").write_text(DDL, encoding="utf-8")
        (root / "dbt_project.yml").write_text("name: shop\nprofile: shop\n", encoding="utf-8")
        self.options = ProjectOptions(project_dir=root)
        made = generate(f"dir:{root / 'ddl'}", ObjectFilter(("D",)), GenerationOptions(), self.options)
        write_files(made.files, root, "models/staging")

    def sync(self, *, inherit: bool = True) -> int:
        """Bring the YAML in line; returns how many files changed."""
        how = GenerationOptions()
        found = find_sync(f"dir:{self.root / 'ddl'}", ObjectFilter(("D",)), how, self.options, inherit=inherit)
        assert list(found.refusals) == []
        write_sync(found, self.root)
        return len(list(found.changes))

    def described(self, path: str) -> dict[str, str]:
        """Descriptions by ``TABLE.COLUMN``."""
        whole = yaml.load((self.root / path).read_text(encoding="utf-8"), yaml.CSafeLoader)
        entries = whole.get("models") or whole["sources"][0]["tables"]
        return {
            f"{entry['name']}.{column['name']}": column["description"]
            for entry in entries
            for column in entry["columns"]
            if "description" in column
        }


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = Project(tmp_path)
    path = tmp_path / SOURCES
    text = path.read_text(encoding="utf-8")
    by_hand = "          - name: id\n            description: \"key, see {{ doc('t') }}\"  # by hand\n"
    path.write_text(text.replace("          - name: id\n", by_hand, 1), encoding="utf-8")
    return found


NAME = "the name {{ '{' }}{{ '{' }} here }}"
KEY = "key, see {{ doc('t') }}"


def test_views_and_staging_models_inherit_what_their_source_says(project: Project) -> None:
    assert project.sync() == 2
    sources = project.described(SOURCES)
    assert {name: text for name, text in sources.items() if name[0] in "VW"} == {
        "V.id": KEY,
        "V.other": NAME,
        "V.note": "its own",
        "W.key_": KEY,
        "W.other": NAME,
    }
    models = project.described(MODELS)
    assert models["stg_D__T.id"] == models["stg_D__V.id"] == models["stg_D__W.key_"] == KEY
    assert models["stg_D__V.note"] == "its own"
    assert "stg_D__V.both_" not in models
    assert project.sync() == 0


def test_without_the_option_nobody_inherits(project: Project) -> None:
    project.sync(inherit=False)
    assert "V.id" not in project.described(SOURCES)
    assert "stg_D__T.id" not in project.described(MODELS)


def test_new_files_inherit_at_once(project: Project) -> None:
    (project.root / MODELS).unlink()
    assert project.sync() == 2
    assert project.described(MODELS)["stg_D__T.id"] == KEY
    assert project.sync() == 0


def test_a_description_that_is_there_stays(project: Project) -> None:
    path = project.root / MODELS
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("      - name: id\n", "      - name: id\n        description: mine\n", 1), encoding="utf-8"
    )
    project.sync()
    assert project.described(MODELS)["stg_D__T.id"] == "mine"
