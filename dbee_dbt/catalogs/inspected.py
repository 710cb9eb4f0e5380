"""Files of DDL inspected: one after the other, in several processes where there are many, and each content once."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from msgspec import Struct

from dbee_dbt.catalogs.encodings import decode, read_content, read_text
from dbee_dbt.catalogs.folder import EXTENSIONS, walk_files
from dbee_dbt.catalogs.result_cache import ResultCache, key_of
from dbee_dbt.ddl.inspection import Inspection, inspect_script
from dbee_dbt.ddl.shell import here_documents
from dbee_dbt.model.errors import EncodingError, NothingMatchedError

SHELL_EXTENSIONS = frozenset({".sh", ".ksh", ".bash", ".pl"})
"""Endings, without case, of scripts in folders in which here-documents are looked for; docs/ddl.md lists them."""

BTEQ_EXTENSIONS = frozenset({".btq", ".bteq", ".bteqsql"})
"""Endings, without case, of scripts that are BTEQ's by their name; docs/bteq.md lists them."""

_BATCH = 32  # files that a process gets at once
_FEW = 200  # files for which no process is started


class InspectedFile(Struct, frozen=True):
    """A file and what it holds.

    Args:
        file: its path.
        size: of its content, in bytes.
        found: what it holds; None where it cannot be read.
        error: why it cannot be read, or ``""``.
    """

    file: str
    size: int
    found: Inspection | None
    error: str = ""


def files_of(
    paths: Sequence[Path], endings: frozenset[str] = EXTENSIONS, *, with_shell: bool = False
) -> Iterator[Path]:
    """The files that paths name, each once: a file for itself, whatever its ending, a folder for those in it.

    Args:
        paths: files and folders.
        endings: of the files that are taken from folders; some of :data:`dbee_dbt.catalogs.folder.EXTENSIONS`.
        with_shell: of a folder, the shell and Perl scripts as well that hold a here-document of a Teradata utility.

    Raises:
        NothingMatchedError: there is no file.
        EncodingError: while they are walked: a folder cannot be opened.
    """
    found = _walked(paths, endings, with_shell)
    first = next(found, None)
    if first is None:
        raise NothingMatchedError(
            "no file to read lies there",
            subject=", ".join(map(str, paths)),
            hint=_endings_hint(endings, with_shell),
        )
    return chain((first,), found)


def _endings_hint(endings: frozenset[str], with_shell: bool) -> str:
    shell = f", and {' '.join(sorted(SHELL_EXTENSIONS))} with here-documents" if with_shell else ""
    return f"In folders, files with these endings are read: {' '.join(sorted(endings))}{shell}. Others: name them."


def _walked(paths: Sequence[Path], endings: frozenset[str], with_shell: bool) -> Iterator[Path]:
    """The files while folders are walked; of a single path none can come twice, so that nothing is remembered."""
    seen: set[Path] = set()
    for path in paths:
        is_folder = os.path.isdir(path)  # noqa: PTH112 - unlike Path.is_dir, it answers for a name that is too long
        for file in _files_in(path, endings, with_shell) if is_folder else (path,):
            if file not in seen:
                yield file
            if len(paths) > 1:
                seen.add(file)


def _files_in(folder: Path, endings: frozenset[str], with_shell: bool) -> Iterator[Path]:
    for path, is_read in walk_files(folder):
        if (is_read and path.suffix.lower() in endings) or (with_shell and _holds_here_document(path)):
            yield path


def _holds_here_document(path: Path) -> bool:
    """True for a shell or Perl script that holds a here-document of a Teradata utility; unreadable ones hold none."""
    if path.suffix.lower() not in SHELL_EXTENSIONS or not path.is_file():
        return False
    try:
        return bool(here_documents(read_text(path)))
    except EncodingError:
        return False


def inspect_files(files: Iterable[Path], cache: Path | None = None) -> Iterator[InspectedFile]:
    """What files hold, in their order. Some hundred results at most are in memory, however many files there are.

    Args:
        files: the files.
        cache: folder in which results are kept for the next time, or None.
    """
    with ExitStack() as stack:
        kept = None if cache is None else stack.enter_context(ResultCache(cache, Inspection))
        workers = _Workers(stack)
        waiting: deque[Callable[[], list[InspectedFile]]] = deque()
        rest = iter(files)
        while batch := list(islice(rest, _BATCH)):
            known = _known(batch, kept) if kept else {}
            making = workers.inspected([path for path in batch if path not in known])
            waiting.append(_merged(batch, known, making, kept))
            while len(waiting) > 2 * workers.count:
                yield from waiting.popleft()()
        while waiting:
            yield from waiting.popleft()()


def _known(paths: list[Path], kept: ResultCache[Inspection]) -> dict[Path, InspectedFile]:
    """What was read before of the contents of these files, by path."""
    keys: dict[Path, tuple[bytes, int]] = {}
    for path in paths:
        with suppress(EncodingError):  # whoever reads it tells
            content = read_content(path)
            keys[path] = key_of(content), len(content)
    found = kept.get([key for key, _ in keys.values()])
    return {path: InspectedFile(str(path), size, found[key]) for path, (key, size) in keys.items() if key in found}


def _merged(
    paths: list[Path],
    known: Mapping[Path, InspectedFile],
    making: Callable[[], list[_Made]],
    kept: ResultCache[Inspection] | None,
) -> Callable[[], list[InspectedFile]]:
    def results() -> list[InspectedFile]:
        made = making()
        if kept is not None:
            kept.put({one.key: one.file.found for one in made if one.file.found is not None})
        found = iter(made)
        return [known[path] if path in known else next(found).file for path in paths]

    return results


class _Workers:
    """Threads that hand files to a process each, started when many files are to be read and there are cores for them.

    No pool of processes: those of CPython up to 3.11 and 3.12.0 wait for ever where a process dies while work is
    handed in (gh-109047, gh-94777).
    """

    def __init__(self, stack: ExitStack) -> None:
        self.count = os.cpu_count() or 1
        self._stack = stack
        self._threads: ThreadPoolExecutor | None = None
        self._helpers: SimpleQueue[_Helper] = SimpleQueue()
        self._seen = 0

    def inspected(self, paths: list[Path]) -> Callable[[], list[_Made]]:
        """Begins to inspect files; returns what waits for the results."""
        self._seen += len(paths)
        if paths and self.count > 1 and self._seen > _FEW:
            return self._started().submit(self._by_a_helper, paths).result
        found = _inspect_batch(paths)
        return lambda: found

    def _started(self) -> ThreadPoolExecutor:
        if self._threads is None:
            self._stack.callback(self._close)
            for _ in range(self.count):
                self._helpers.put(_Helper())
            self._threads = ThreadPoolExecutor(self.count)
        return self._threads

    def _by_a_helper(self, paths: list[Path]) -> list[_Made]:
        helper = self._helpers.get()
        try:
            return helper.inspected(paths)
        finally:
            self._helpers.put(helper)

    def _close(self) -> None:
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
        while not self._helpers.empty():
            self._helpers.get().close()


class _Helper:
    """A process that inspects files. If it dies, for want of memory perhaps, its work is done here."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, _inspect_batch), daemon=True)
        self._process.start()
        other.close()

    def inspected(self, paths: list[Path]) -> list[_Made]:
        with suppress(EOFError, OSError):  # a pipe that nobody holds at the other end
            self._pipe.send(paths)
            found: list[_Made] = self._pipe.recv()
            return found
        return _inspect_batch(paths)

    def close(self) -> None:
        self._pipe.close()
        self._process.join()


def _serve(pipe: Connection, inspect: Callable[[list[Path]], list[_Made]]) -> None:
    """What a process of ours does until the pipe is closed; an interrupt is told to its parent alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            pipe.send(inspect(pipe.recv()))


class _Made(NamedTuple):
    """What was found in a file just now, and the key of its content."""

    key: bytes
    file: InspectedFile


def _inspect_batch(paths: list[Path]) -> list[_Made]:
    """May run in a process of its own."""
    return [_inspect(path) for path in paths]


def _inspect(path: Path) -> _Made:
    try:
        content = read_content(path)
        decoded = decode(content, str(path))
    except EncodingError as error:
        return _Made(b"", InspectedFile(str(path), 0, None, str(error)))
    found = inspect_script(decoded.text, decoded.encoding)
    return _Made(key_of(content), InspectedFile(str(path), len(content), found))
