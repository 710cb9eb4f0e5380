"""A folder of DDL as a catalog: every file is placed, refused or named."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dbee_dbt.catalogs.folder import EXTENSIONS, read_folder
from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.model.catalog import Catalog, ObjectFilter
from dbee_dbt.model.errors import (
    AddressError,
    ConfigurationError,
    EncodingError,
    NothingMatchedError,
)
from dbee_dbt.session.options import ProjectOptions


def folder(place: Path, **files: str | bytes) -> Path:
    """A folder of these files; ``__`` in a name stands for a dot, ``___`` for a slash."""
    for name, content in files.items():
        path = place / name.replace("___", "/").replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return place


def read(place: Path, **values: str) -> Catalog:
    return read_folder(place, address=f"dir:{place}", values=values)


def names(found: Catalog) -> list[str]:
    return sorted(key.text for key in found.objects)


def test_files_in_every_depth_and_of_every_ending(tmp_path: Path) -> None:
    place = folder(
        tmp_path,
        a__sql="CREATE TABLE D.A (X INTEGER);",
        deep___down___b__TBL="CREATE TABLE D.B (X INTEGER);",
        c__viw="REPLACE VIEW D.C AS SELECT X FROM D.A;",
        d__btq=".LOGON x/y,z\nCREATE TABLE D.D (X INTEGER);\n.QUIT\n",
    )
    assert names(read(place)) == ["D.A", "D.B", "D.C", "D.D"]


def test_an_object_knows_its_file_and_line(tmp_path: Path) -> None:
    place = folder(tmp_path, a__sql="\n\nCREATE TABLE D.A (X INTEGER);")
    (found,) = read(place)
    assert (found.origin.source, found.origin.file, found.origin.line) == ("ddl", str(place / "a.sql"), 3)


def test_other_files_are_named_and_hidden_ones_passed_over(tmp_path: Path) -> None:
    place = folder(
        tmp_path, a__sql="CREATE TABLE D.A (X INTEGER);", README__md="# no DDL", rows___a__csv="1",
        **{"__git___config__sql": "no", "__hidden__sql": "no"},
    )  # fmt: skip
    assert read(place).skipped == (str(place / "README.md"), str(place / "rows" / "a.csv"))


def test_every_encoding_is_read(tmp_path: Path) -> None:
    text = "CREATE TABLE D.Größe{} (X INTEGER);"
    place = folder(
        tmp_path,
        a__sql=text.format(1).encode(),
        b__sql=text.format(2).encode("utf-16"),
        c__sql=text.format(3).encode("latin-1"),
    )
    assert [found.name for found in read(place)] == ["Größe1", "Größe2", "Größe3"]


def test_unreadable_files_are_refused_by_name_and_counted(tmp_path: Path) -> None:
    mixed = "x 'ü'".encode() + "\n'ä'".encode("latin-1")
    place = folder(tmp_path, a__sql="CREATE TABLE D.A (X INTEGER);", b__sql=mixed, c__sql=b"\0")
    with pytest.raises(EncodingError, match=r"mixes UTF-8 .* \(1 more cannot be read\)") as raised:
        read(place)
    assert raised.value.place == f"{place / 'b.sql'}:2"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_that_leads_nowhere_is_not_passed_over(tmp_path: Path) -> None:
    place = folder(tmp_path, a__sql="CREATE TABLE D.A (X INTEGER);")
    (place / "b.sql").symlink_to(place / "gone.sql")
    with pytest.raises(EncodingError, match="cannot be opened"):
        read(place)


def test_placeholders_are_filled_in_but_not_in_strings_and_comments(tmp_path: Path) -> None:
    place = folder(
        tmp_path, a__sql="-- ${NOT_GIVEN}\nREPLACE VIEW ${PREFIX}SALES.V AS SELECT '${NOT_GIVEN}' x FROM ${PREFIX}S.T;"
    )
    (found,) = read(place, PREFIX="DEV_")
    assert found.database == "DEV_SALES"
    assert "'${NOT_GIVEN}' x FROM DEV_S.T" in (getattr(found, "text", None) or "")


def test_a_placeholder_without_a_value(tmp_path: Path) -> None:
    place = folder(tmp_path, a__sql="\nCREATE TABLE ${PREFIX}D.A (X INTEGER);")
    with pytest.raises(ConfigurationError, match=r"\$\{PREFIX\} has no value") as raised:
        read(place)
    assert raised.value.line == 2


def test_the_same_object_twice(tmp_path: Path) -> None:
    place = folder(tmp_path, a__sql="CREATE TABLE D.A (X INTEGER);", b__sql='\nCREATE TABLE d."a" (X INTEGER);')
    catalog = read(place)
    (refusal,) = catalog.refusals
    assert (refusal.file, refusal.line) == (str(place / "b.sql"), 2)
    assert refusal.what == f"line 2, column 1: Table 'd.a' already exists: it is defined at {place / 'a.sql'}:1"
    assert len(catalog) == 1


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(AddressError, match="no such folder"):
        read(tmp_path / "nowhere")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    place = folder(tmp_path, a__sql="CREATE TABLE D.A (X INTEGER);", c__json="{}")
    for name, hint in (("a.sql", f"dir:{place}"), ("c.json", f"file:{place / 'c.json'}")):
        with pytest.raises(AddressError, match="a file and no folder") as raised:
            read(place / name)
        assert (raised.value.hint or "").endswith(hint)


def test_a_folder_without_ddl(tmp_path: Path) -> None:
    with pytest.raises(AddressError, match=r"no file of DDL lies in the folder \(1 other file\)"):
        read(folder(tmp_path, README__md="x"))


def test_nothing_matched(tmp_path: Path) -> None:
    place = folder(tmp_path, a__sql="CREATE TABLE D.A (X INTEGER);")
    with pytest.raises(NothingMatchedError, match="no object matches"):
        load_catalog(f"dir:{place}", ObjectFilter(include=("E",)), ProjectOptions())


def test_a_filter_and_databases_narrow_the_catalog(tmp_path: Path) -> None:
    place = folder(
        tmp_path, a__sql="CREATE TABLE D.A (X INTEGER); CREATE TABLE E.A (X INTEGER); CREATE TABLE E.B (X INTEGER);"
    )
    wanted = ObjectFilter(exclude=("*.B",))
    assert names(load_catalog(f"dir:{place}", wanted, ProjectOptions())) == ["D.A", "E.A"]
    assert names(load_catalog(f"dir:{place}", wanted, ProjectOptions(), ["e"])) == ["E.A"]
    assert names(load_catalog(f"dir:{place}", wanted, ProjectOptions(), ["gone"])) == []


def test_a_system_database_is_meant_when_a_caller_names_it(tmp_path: Path) -> None:
    place = folder(tmp_path, a__sql='CREATE TABLE SYSLIB.A (X INTEGER); CREATE TABLE "x.y".B (X INTEGER);')
    assert names(load_catalog(f"dir:{place}", ObjectFilter(), ProjectOptions())) == ['"x.y".B'.upper()]
    assert names(load_catalog(f"dir:{place}", ObjectFilter(), ProjectOptions(), ["syslib"])) == ["SYSLIB.A"]
    assert names(load_catalog(f"dir:{place}", ObjectFilter(), ProjectOptions(), ["x.y"])) == ['"X.Y".B']


def test_endings_are_documented() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "catalogs.md").read_text(encoding="utf-8")
    listed = next(line for line in page.splitlines() if line.startswith("`.")).replace("`", "").split()
    assert set(listed) == EXTENSIONS
