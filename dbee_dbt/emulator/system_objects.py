"""What a system has from the beginning: DBC, which owns the space, its companions, and the user who logs on."""

from __future__ import annotations

from typing import Literal

from dbee_dbt.emulator.engine import Engine
from dbee_dbt.emulator.options import Options
from dbee_dbt.emulator.records import Entry
from dbee_dbt.emulator.system import Undo
from dbee_dbt.model.objects import Database, Stamp

ROOT = "DBC"
_DATABASES = ("Sys_Calendar", "SYSLIB", "SYSUDTLIB", "TD_SYSFNLIB", "TD_SERVER_DB")
_SPACE = 1e12  # bytes of PERM that DBC has


def prepare_system(engine: Engine, options: Options) -> str:
    """Make what is missing, and write it to the file.

    Args:
        engine: held by its lock.
        options: ``user`` is made if there is none.

    Returns:
        the user's name as it was created.
    """
    now = options.now().replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
    made: Undo = []
    with engine.system.recording(made):
        _ensure(engine, ROOT, "user", None, now)
        for name in _DATABASES:
            _ensure(engine, name, "user" if name == "SYSLIB" else "database", ROOT, now)
        found = _ensure(engine, options.user, "user", ROOT, now)
    engine.save(made)
    return found


def _ensure(engine: Engine, name: str, kind: Literal["database", "user"], owner: str | None, now: str) -> str:
    existing = engine.system.database(name)
    if existing is not None:
        return existing.found.name
    stamp = Stamp(creator=ROOT, created=now, altered_by=ROOT, altered=now, version=1)
    space = _SPACE if owner is None else 0.0
    found = Database(
        name=name,
        kind=kind,
        owner=owner or ROOT,
        perm=space,
        spool=_SPACE,
        temporary=_SPACE,
        fallback=False,
        before_journal="NO",
        after_journal="NO",
        stamp=stamp,
    )
    engine.system.put(Entry(id=engine.system.new_id(), found=found))
    return name
