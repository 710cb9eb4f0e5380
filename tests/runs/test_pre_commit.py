"""The hooks, run by pre-commit itself from a repository that offers them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runs.shop import ROOT, environment, is_shown, write_shop

pytestmark = [pytest.mark.dbt, pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")]

# `language: system`: the commands are there, and nothing is installed.
CONFIG = """\
repos:
  - repo: "{hooks}"
    rev: v0.1.0
    hooks:
      - {{id: dbee-parse, language: system}}
      - {{id: dbee-validate, language: system, args: ["--against", "dir:ddl"]}}
"""


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, env=environment())


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A project that uses the hooks of a repository that holds nothing but them."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    folder = write_shop(tmp_path / "shop")
    (folder / ".pre-commit-config.yaml").write_text(CONFIG.format(hooks=hooks.as_posix()), encoding="utf-8")
    for repository in (hooks, folder):
        git(repository, "init", "--quiet")
        git(repository, "add", "--all")
        git(repository, "commit", "--quiet", "--message", "all")
    git(hooks, "tag", "v0.1.0")
    return folder


def run(shop: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"],
        cwd=shop,
        env=environment(PRE_COMMIT_HOME=str(shop.parent / "home")),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, "\n".join(line for line in done.stdout.splitlines() if not line.startswith("[INFO]"))


def test_a_failing_run(shop: Path) -> None:
    code, said = run(shop)
    assert code == 1
    assert is_shown(said), said


def test_the_file_is_one_that_pre_commit_takes() -> None:
    from pre_commit.clientlib import load_manifest

    hooks = load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    assert [hook["id"] for hook in hooks] == ["dbee-parse", "dbee-validate"]
