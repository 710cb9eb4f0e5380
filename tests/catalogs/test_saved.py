"""A catalog in a file: it comes back as it was, or the file is refused by name."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from msgspec.structs import replace

from dbee_dbt.catalogs.saved import read_catalog, write_catalog
from dbee_dbt.compare.texts import same_text
from dbee_dbt.model.catalog import Catalog, Look, ObjectFilter, Refusal, Scope, catalog_of
from dbee_dbt.model.errors import AddressError, SavedCatalogError
from dbee_dbt.model.objects import CodeObject, Origin, Stamp, View
from tests.compare.pictures import KNOWN, MACRO, PROCEDURE, PROFILE, SPACE, TABLE, VIEW, catalogs

HOSTILE = View(
    database='a"b',
    name="t#1 \n\u202e$%'",
    text="x\x00\x1b",
    comment="é",
    origin=Origin("dictionary"),
    stamp=Stamp("dbc"),
)
EVERYTHING = replace(
    catalog_of(
        "td:prod",
        [TABLE, VIEW, MACRO, PROCEDURE, PROFILE, SPACE, HOSTILE],
        defaults=KNOWN,
        refusals=(Refusal("not read", "f.sql", 3, "DROP"),),
    ),
    scope=Scope((Look(ObjectFilter(("SALES", "kind:view"), ("*.TMP_?",))), Look(databases=("SALES", 'a"b')))),
    untold=("role",),
    counted={"grant": 3},
)


@pytest.mark.parametrize("name", ["c.json", "c.json.gz"])
def test_a_catalog_comes_back_as_it_was(tmp_path: Path, name: str) -> None:
    write_catalog(EVERYTHING, tmp_path / name)
    assert read_catalog(tmp_path / name, address="td:prod") == EVERYTHING


@given(catalogs())
def test_any_catalog_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, picture: Catalog) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    write_catalog(picture, path)
    assert read_catalog(path, address=picture.address) == picture


def test_a_partial_catalog_stays_partial(tmp_path: Path) -> None:
    write_catalog(replace(EVERYTHING, partial=True), tmp_path / "c.json")
    assert read_catalog(tmp_path / "c.json").partial


def test_a_saved_catalog_holds_no_secret(tmp_path: Path) -> None:
    text = "CREATE AUTHORIZATION D.A USER 'u' PASSWORD 's3cret'"
    found = CodeObject(kind="authorization", database="D", name="A", text=text)
    query = "CREATE VIEW D.V AS SELECT * FROM READ_NOS (USING ACCESS_KEY('s3cret')) AS X"
    view = View(database="D", name="V", text=query)
    refusals = (Refusal("no", text=".LOGON h/u,s3cret;"),)
    write_catalog(catalog_of("td:x", [found, view], refusals=refusals), tmp_path / "c.json")
    assert "s3cret" not in (tmp_path / "c.json").read_text()
    again, again_view = read_catalog(tmp_path / "c.json")
    assert isinstance(again, CodeObject) and isinstance(again_view, View)
    assert same_text(found, text, again.text or "")  # no drift from its own copy
    assert same_text(view, query, again_view.text or "")


@pytest.mark.parametrize("name", ["c.json", "c.json.gz"])
def test_the_same_catalog_is_the_same_bytes(tmp_path: Path, name: str) -> None:
    write_catalog(EVERYTHING, tmp_path / name)
    first = (tmp_path / name).read_bytes()
    write_catalog(EVERYTHING, tmp_path / name)
    assert (tmp_path / name).read_bytes() == first


def test_a_readable_file_has_a_line_for_each_value(tmp_path: Path) -> None:
    write_catalog(EVERYTHING, tmp_path / "c.json")
    lines = (tmp_path / "c.json").read_text(encoding="utf-8").splitlines()
    assert ' "schema_version": 4,' in lines
    assert sum('"name": "ORDERS"' in line for line in lines) == 1


def edited(path: Path, **values: object) -> Path:
    """The saved catalog with other values in its head."""
    write_catalog(EVERYTHING, path)
    document = {**msgspec.json.decode(path.read_bytes()), **values}
    path.write_bytes(msgspec.json.encode(document))
    return path


@pytest.mark.parametrize(("version", "age"), [(5, "newer"), *((version, "older") for version in range(4))])
def test_another_schema_version_is_refused_by_name_with_what_to_do(tmp_path: Path, version: int, age: str) -> None:
    path = edited(tmp_path / "c.json", schema_version=version, written_by="9.9", objects=["new", "layout"])
    with pytest.raises(
        SavedCatalogError, match=rf"{age} schema version {version} \(written by dbee-dbt 9\.9\)"
    ) as raised:
        read_catalog(path)
    assert raised.value.hint == ("Upgrade dbee-dbt." if age == "newer" else "Save it again with dbee-dbt save.")


@pytest.mark.parametrize(
    "older",
    [
        {"type": "table", "database": "D", "name": "T", "elements": ["PERIOD FOR P (A, B)"]},
        {
            "type": "table",
            "database": "D",
            "name": "T",
            "columns": [{"name": "A", "type": ["JSON", "STORAGE FORMAT BSON"]}],
        },
        {
            "type": "code",
            "kind": "join index",
            "database": "D",
            "name": "J",
            "text": "CREATE JOIN INDEX D.J AS SELECT 1",
        },
    ],
)
def test_nothing_that_an_older_version_kept_is_lost_without_a_word(tmp_path: Path, older: dict[str, object]) -> None:
    path = edited(tmp_path / "c.json", schema_version=3, objects=[older])
    with pytest.raises(SavedCatalogError, match="older schema version 3"):
        read_catalog(path)


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"", "damaged"), (b'{"schema_version": 1, "obj', "damaged"), (b"[]", "no saved catalog"), (b'{"a": 1}', "no saved catalog"),
     (b"\xff\xfe", "damaged"), (b'{"schema_version": 1}', "damaged")],
)  # fmt: skip
def test_a_damaged_file(tmp_path: Path, content: bytes, what: str) -> None:
    (tmp_path / "c.json").write_bytes(content)
    with pytest.raises(SavedCatalogError, match=what) as raised:
        read_catalog(tmp_path / "c.json")
    assert raised.value.file == str(tmp_path / "c.json")


def test_a_value_of_another_type_says_where(tmp_path: Path) -> None:
    path = edited(tmp_path / "c.json", objects=[{"type": "table", "database": "D", "name": 1}])
    with pytest.raises(SavedCatalogError, match=r"Expected `str`, got `int` - at `\$\.objects\[0\]\.name`"):
        read_catalog(path)


@pytest.mark.parametrize("content", [gzip.compress(b"{}" * 99, mtime=0)[:-9], b"plain text"])
def test_a_damaged_compressed_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "c.json.gz").write_bytes(content)
    with pytest.raises(SavedCatalogError, match="damaged"):
        read_catalog(tmp_path / "c.json.gz")


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(AddressError, match="cannot be opened"):
        read_catalog(tmp_path / "c.json")


def test_a_folder_is_no_saved_catalog(tmp_path: Path) -> None:
    with pytest.raises(AddressError, match="a folder and no saved catalog") as raised:
        read_catalog(tmp_path)
    assert raised.value.hint == f"Write dir:{tmp_path}"


@pytest.mark.parametrize("name", ["C.JSON", "C.Json.GZ"])
def test_endings_in_capitals(tmp_path: Path, name: str) -> None:
    write_catalog(EVERYTHING, tmp_path / name)
    assert list(read_catalog(tmp_path / name)) == list(EVERYTHING)


def test_another_ending(tmp_path: Path) -> None:
    with pytest.raises(AddressError, match=r"\.json or \.json\.gz"):
        write_catalog(EVERYTHING, tmp_path / "c.txt")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SavedCatalogError, match="cannot be written"):
        write_catalog(EVERYTHING, tmp_path / "file" / "c.json")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_an_interrupt_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "c.json"
    write_catalog(catalog_of("td:old", [TABLE]), path)

    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os if step == "fsync" else Path, step, interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_catalog(EVERYTHING, path)
    monkeypatch.undo()
    assert [found.name for found in tmp_path.iterdir()] == ["c.json"]
    assert list(read_catalog(path)) == [TABLE]
