"""SIGINT at any moment: every file is the old one or the new one, whole, and there is no verdict."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Any

import pytest

from dbee_dbt import files
from dbee_dbt.files import write_bytes
from tests.bad_input.conftest import Project, one_message

OLD, NEW = b"old" * 1000, b"new" * 2000


def interrupted_at(step: int, action: Callable[[], object]) -> bool:
    """Run an action and interrupt it at this line of ``files.py``; False where it ended before."""
    lines = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        if frame.f_code.co_filename != files.__file__:
            return None
        lines += event == "line"
        if lines == step:
            lines += 1
            raise KeyboardInterrupt
        return trace

    def traced() -> None:
        sys.settrace(trace)
        with suppress(KeyboardInterrupt):
            action()
            ended.append(True)

    ended: list[bool] = []
    thread = Thread(target=traced)  # what is traced, and the exception at hand, are a thread's own
    thread.start()
    thread.join()
    return not ended


@pytest.mark.parametrize("old", [None, OLD], ids=["a new file", "a file that is there"])
def test_sigint_before_and_after_each_file_write_and_rename(tmp_path: Path, old: bytes | None) -> None:
    target, step, seen = tmp_path / "folder" / "model.sql", 1, set()
    while True:
        target.parent.mkdir(exist_ok=True)
        target.unlink(missing_ok=True)
        if old is not None:
            target.write_bytes(old)
        if not interrupted_at(step, lambda: write_bytes(target, NEW)):
            break
        found = target.read_bytes() if target.exists() else None
        assert found in (old, NEW), step
        assert [path.name for path in target.parent.iterdir()] == (["model.sql"] if found else []), step
        seen.add(found)
        step += 1
    assert step > 8  # each line of it was one moment
    assert target.read_bytes() == NEW
    assert old in seen


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_an_interrupted_command_is_no_verdict(project: Project, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, call, interrupt)
    for command in ("save", "generate-models", "validate", "drift"):
        assert "interrupted" in one_message(project.command(command), "DBEE-104")
    assert [file for file in project.files() if file.suffix == ".tmp"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signal to one process alone")
def test_sigint_to_generate_models(project: Project) -> None:
    tables = "\n".join(f"CREATE TABLE SALES.T{number} (A INTEGER, B INTEGER);" for number in range(1500))
    project.write("big/t.sql", tables)
    options = ["--project-dir", str(project.folder), "--from", f"dir:{project.folder / 'big'}", "--objects", "SALES"]
    command = [sys.executable, "-m", "dbee_dbt.cli.main", "generate-models", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        into = project.folder / "models" / "staging" / "SALES"
        while running.poll() is None and not (into.exists() and len(list(into.iterdir())) > 3):
            time.sleep(0.005)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate()
    assert running.returncode == 2, said
    assert "Error DBEE-104: interrupted" in said and "Traceback" not in said
    written = {file.name: file.read_text(encoding="utf-8") for file in into.iterdir()}
    assert 3 < len(written) < 1502
    assert all(text.endswith("\n") and not name.startswith(".dbee") for name, text in written.items())
    again = project.run("generate-models", "--from", f"dir:{project.folder / 'big'}", "--objects", "SALES")
    assert again.code == 0 and "kept" not in again.out and f"{len(written)} unchanged" in again.out
