"""What Git says of a project: asked of the `git` command, in forms that are made for programs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dbee_dbt.model.errors import GitError, UsageError

# A repository may be anybody's: it must not choose what runs here, nor how names are printed.
_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "--no-optional-locks")
_DIFF = ("-z", "--name-status", "-M", "--no-ext-diff", "--no-textconv", "--no-relative", "--ignore-submodules")


class FileChange(NamedTuple):
    """A file that differs: its path before (None: it is new) and after (None: it is gone), from the root."""

    before: str | None
    after: str | None


class Changes(NamedTuple):
    """What differs between a commit (``base``) and the files as they are; ``root`` is the repository's folder."""

    base: str
    root: Path
    files: tuple[FileChange, ...]


def changes_since(revision: str, folder: Path) -> Changes:
    """The files that a branch touched: since it left the history of a revision, with what is not committed yet.

    Args:
        revision: a branch, tag or commit.
        folder: any folder in the repository; new files that Git does not know yet are looked for below it.

    Raises:
        UsageError: the revision begins with ``-`` or is empty.
        GitError: there is no git command, no repository, no such revision, or no history that both share.
    """
    if not revision or revision.startswith("-"):
        raise UsageError("--changed-since needs a revision: a branch, a tag or a commit", subject=revision or None)
    root = Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel")).rstrip("\n"))
    commit = _commit(folder, revision)
    base = _merge_base(folder, commit, revision)
    differing = tuple(_changes(_git(folder, "diff", *_DIFF, base, "--")))
    untracked = _names(_git(folder, "ls-files", "-z", "--others", "--exclude-standard", "--full-name"))
    return Changes(base, root, (*differing, *(FileChange(None, name) for name in untracked)))


def file_at(changes: Changes, path: str) -> bytes:
    """A file as it was in the base."""
    return _git(changes.root, "cat-file", "blob", f"{changes.base}:{path}")


def _commit(folder: Path, revision: str) -> str:
    try:
        found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except GitError as error:
        hint = "Fetch it first: git fetch origin; in CI fetch the whole history (fetch-depth: 0, GIT_DEPTH: 0)."
        raise GitError("there is no such revision", subject=revision, hint=hint) from error
    commit = found.decode("ascii").split()[-1]
    if commit.startswith("^"):  # `^main` excludes, and names none
        raise GitError("there is no such revision", subject=revision)
    return commit


def _merge_base(folder: Path, commit: str, revision: str) -> str:
    try:
        return _git(folder, "merge-base", commit, "HEAD").decode("ascii").strip()
    except GitError as error:
        hint = "In CI fetch the whole history (fetch-depth: 0, GIT_DEPTH: 0)."
        raise GitError("the revision and HEAD share no history that is there", subject=revision, hint=hint) from error


def _git(folder: Path, *arguments: str) -> bytes:
    environment = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(
            ["git", *_SAFE, *arguments], cwd=folder, env=environment, capture_output=True, check=False
        )
    except OSError as error:
        raise GitError("the git command cannot be run", hint="--changed-since asks Git; install it.") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(f"git {arguments[0]}: {said[0] if said else f'exit code {done.returncode}'}", file=str(folder))
    return done.stdout


def _names(output: bytes) -> list[str]:
    return [os.fsdecode(name) for name in output.split(b"\0") if name]


def _changes(output: bytes) -> Iterator[FileChange]:
    """What `git diff -z --name-status` prints: a letter and a path, or two where a file was renamed or copied."""
    words = iter(_names(output))
    for status in words:
        path = next(words)
        match status[0]:
            case "A":
                yield FileChange(None, path)
            case "D":
                yield FileChange(path, None)
            case "R":
                yield FileChange(path, next(words))
            case "C":
                yield FileChange(None, next(words))
            case _:
                yield FileChange(path, path)
