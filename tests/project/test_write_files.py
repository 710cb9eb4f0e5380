"""Generated files join a project: what is there stays, nothing is half-written, nothing leaves the folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from dbee_dbt.model.errors import GenerationError
from dbee_dbt.project.generate import GeneratedFile
from dbee_dbt.project.write_files import write_files

FILES = [GeneratedFile("models/a/one.sql", "select 1\n"), GeneratedFile("models/a/two.sql", "select 2\n")]


def outcomes(root: Path, **how: bool) -> list[str]:
    return [each.outcome for each in write_files(FILES, root, "models", **how)]


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    assert outcomes(tmp_path) == ["written", "written"]
    stamps = [(path, path.stat().st_mtime_ns, path.stat().st_ino) for path in sorted(tmp_path.rglob("*.sql"))]
    assert outcomes(tmp_path) == ["unchanged", "unchanged"]
    assert stamps == [(path, path.stat().st_mtime_ns, path.stat().st_ino) for path in sorted(tmp_path.rglob("*.sql"))]


def test_an_edit_by_hand_survives_until_it_may_be_replaced(tmp_path: Path) -> None:
    outcomes(tmp_path)
    edited = tmp_path / "models/a/two.sql"
    edited.write_text("select 2 -- by hand\n")
    assert outcomes(tmp_path) == ["unchanged", "kept"]
    assert edited.read_text() == "select 2 -- by hand\n"
    assert outcomes(tmp_path, overwrite=True) == ["unchanged", "replaced"]
    assert edited.read_text() == "select 2\n"


def test_a_dry_run_writes_nothing_and_says_the_same(tmp_path: Path) -> None:
    assert outcomes(tmp_path, dry_run=True) == ["written", "written"]
    assert list(tmp_path.iterdir()) == []


def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "models").mkdir()
    try:
        (tmp_path / "models/a").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    with pytest.raises(GenerationError, match="outside"):
        outcomes(tmp_path)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("")
    with pytest.raises(GenerationError) as raised:
        outcomes(tmp_path)
    assert raised.value.file == str(tmp_path / "models/a/one.sql")


def test_an_interrupt_leaves_whole_files_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = os.replace, []

    def interrupted(*arguments: Any) -> None:
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*arguments)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        outcomes(tmp_path)
    monkeypatch.undo()
    assert [path.read_text() for path in sorted(tmp_path.rglob("*.*"))] == ["select 1\n"]
    assert outcomes(tmp_path) == ["unchanged", "written"]
