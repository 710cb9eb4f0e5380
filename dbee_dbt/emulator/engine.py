"""One engine for one path: the DuckDB database behind it, the system's records, and the lock around both."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from dbee_dbt.emulator.dictionary.sync import DictionaryTables
from dbee_dbt.emulator.errors import EngineError
from dbee_dbt.emulator.sql.prelude import install
from dbee_dbt.emulator.store import STORE, Store
from dbee_dbt.emulator.system import System, Undo

MEMORY = ":memory:"


class Engine:
    """What all connections to one path share.

    Attributes:
        lock: held for the length of a request; one request runs at a time.
        system: the records.
        stored: ids of tables whose rows have a DuckDB table, committed.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.lock = threading.RLock()
        self.system = System()
        self.root = _open(path)
        try:
            self.store = Store(self.root, None if path.startswith(MEMORY) else path)
            self.system.load(self.store.read())
        except (EngineError, OSError, _duckdb().Error) as error:
            self.root.close()
            raise _explained(path, error) from error
        self.stored = self.store.stored_tables()
        install(self.root)
        self.dictionary = DictionaryTables(self.root, self.system)
        self.users = 0
        self._sessions = 1000

    def cursor(self) -> Any:
        """A DuckDB connection of one session, with its own transaction."""
        return self.root.cursor()

    def next_session(self) -> int:
        """A session number."""
        self._sessions += 1
        return self._sessions

    def save(self, undo: Undo, cursor: Any = None) -> None:
        """Write the records that these changes left; a system in memory has no file.

        Args:
            undo: the changes.
            cursor: with the transaction that has changed rows too; None where there is none.

        Raises:
            EngineError: the file beside the system's cannot be written.
        """
        try:
            self.store.write(self.system.changes(undo), cursor)
        except OSError as error:
            raise unusable(self.path, error) from error

    def close(self) -> None:
        """Give the file back."""
        self.store.fold()
        self.store.compact(len(self.system.records))
        self.root.close()


_ENGINES: dict[str, Engine] = {}
_REGISTRY = threading.Lock()


def acquire(path: str) -> Engine:
    """The engine of this path, opened by its first user.

    Args:
        path: a file; ``:memory:`` for a system of one's own; ``:memory:NAME`` for one that lives as long as the
            process and is shared by this name.

    Raises:
        EngineError: DuckDB is not installed; the file is locked, damaged, of another kind or cannot be written.
    """
    if path == MEMORY:
        return _first(Engine(path))
    if "\0" in path:
        raise EngineError("the path of the file holds a zero byte")
    key = path if path.startswith(MEMORY) else str(Path(path).resolve())
    with _REGISTRY:
        engine = _ENGINES.get(key)
        if engine is None:
            engine = _ENGINES[key] = Engine(key)
        return _first(engine)


def _first(engine: Engine) -> Engine:
    engine.users += 1
    return engine


def release(engine: Engine) -> None:
    """One user fewer; the last one closes the file."""
    with _REGISTRY:
        engine.users -= 1
        if engine.users or (engine.path.startswith(MEMORY) and engine.path != MEMORY):
            return
        _ENGINES.pop(engine.path, None)
        engine.close()


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError as error:
        raise EngineError("DuckDB is not installed; the emulator needs it: pip install 'dbee-dbt[emulator]'") from error
    return duckdb


def _open(path: str) -> Any:
    duckdb = _duckdb()
    root = duckdb.connect(MEMORY)
    target = MEMORY if path.startswith(MEMORY) else path
    try:
        root.execute(f"ATTACH '{target.replace(chr(39), chr(39) * 2)}' AS {STORE}")
    except duckdb.Error as error:
        root.close()
        raise _explained(path, error) from error
    return root


def _explained(path: str, error: Exception) -> EngineError:
    if isinstance(error, EngineError):
        return EngineError(f"the file {path} cannot be used: {error}")
    text = str(error)
    reasons = {
        "Conflicting lock": "another process has it open; close that one first",
        "already attached": "it is attached twice in this process under different names",
        "being used by another process": "another process has it open; close that one first",
        "not a valid DuckDB": "it is not a file of the emulator",
        "Permission denied": "permission denied",
        "No such file or directory": "its folder does not exist",
        "Is a directory": "it is a folder",
        "No space left": "the disk is full",
        "Could not write": "it cannot be written; the disk is full, or a limit is reached",
    }
    reason = next((reason for sign, reason in reasons.items() if sign in text), text.splitlines()[0])
    return EngineError(f"the file {path} cannot be used: {reason}")


def unusable(path: str, error: Exception) -> EngineError:
    """A failure to write, in words for the user."""
    return _explained(path, error)
