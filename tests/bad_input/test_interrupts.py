"""SIGINT at any moment: every file is the old one or the new one, whole, and there is no verdict."""

from __future__ import annotations

import signal
import subprocess
import sys
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


@pytest.mark.parametrize(
    ("call", "commands"),
    [("fsync", ("save", "validate", "drift")), ("replace", ("save", "generate-models", "validate", "drift"))],
)
def test_an_interrupted_command_is_no_verdict(
    project: Project, call: str, commands: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, call, interrupt)
    for command in commands:
        assert "interrupted" in one_message(project.command(command), "DBEE-104")
    assert [file for file in project.files() if file.suffix == ".tmp"] == []


WAITS = """
import os, signal, sys, time
from dbee_dbt.cli.main import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background of a shell ignores it
real, done = os.replace, []

def replace(*arguments):
    real(*arguments)
    done.append(arguments)
    if len(done) == 4:
        print("four files", flush=True)
        time.sleep(60)

os.replace = replace
main(sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signal to one process alone")
def test_sigint_to_generate_models(project: Project) -> None:
    tables = "\n".join(f"CREATE TABLE SALES.T{number} (A INTEGER, B INTEGER);" for number in range(9))
    project.write("nine/t.sql", tables)
    arguments = ["generate-models", "--from", f"dir:{project.folder / 'nine'}", "--objects", "SALES"]
    command = [sys.executable, "-c", WAITS, *arguments, "--project-dir", str(project.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None and running.stdout.readline() == "four files\n"
        running.send_signal(signal.SIGINT)
        _, said = running.communicate()
    assert running.returncode == 2, said
    assert "Error DBEE-104: interrupted" in said and "Traceback" not in said
    written = {file.name: file.read_text(encoding="utf-8") for file in (project.folder / "models/staging").rglob("*.*")}
    assert len(written) == 4
    assert all(text.endswith("\n") and not name.startswith(".dbee") for name, text in written.items())
    again = project.run(*arguments)
    assert again.code == 0 and "7 written" in again.out and "4 unchanged" in again.out and "kept" not in again.out
