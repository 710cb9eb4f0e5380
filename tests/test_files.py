"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dbee_dbt.files import write_text


def test_text_is_written_as_utf_8_with_its_own_line_ends(tmp_path: Path) -> None:
    write_text(tmp_path / "new" / "folder" / "é.sql", "select 'ü'\n\r\n")
    assert (tmp_path / "new" / "folder" / "é.sql").read_bytes() == "select 'ü'\n\r\n".encode()


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError])
def test_a_failure_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, failure: type[BaseException]
) -> None:
    target = tmp_path / "model.sql"
    write_text(target, "old")

    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(os, "fsync", fail) if step == "fsync" else monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(failure):
        write_text(target, "new")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["model.sql"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_permissions_stay_and_a_new_file_gets_the_usual_ones(tmp_path: Path) -> None:
    target = tmp_path / "model.sql"
    write_text(target, "a")
    plain = tmp_path / "plain"
    plain.write_text("a")
    assert target.stat().st_mode == plain.stat().st_mode
    target.chmod(0o640)
    write_text(target, "b")
    assert target.stat().st_mode & 0o777 == 0o640
