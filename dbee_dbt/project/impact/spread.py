"""How a change spreads: from the relations that differ to what reads them, as far as anything changes there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dbee_dbt.dependencies.lineage import ColumnLineage, shown_source
from dbee_dbt.dependencies.scope import Source
from dbee_dbt.model.impact import Break, ChangedRelation, Kind, NotChecked, Silent
from dbee_dbt.model.names import fold, qualified
from dbee_dbt.project.impact.changed_schema import is_other, type_text
from dbee_dbt.project.impact.estate import Answer, Estate, Noted, Types
from dbee_dbt.project.impact.held import Key
from dbee_dbt.project.impact.place import sql_place
from dbee_dbt.project.impact.readers import Readers
from dbee_dbt.project.manifest import Node
from dbee_dbt.project.places import Places

ColumnKey = tuple[str, str, str]
"""Database, name and column, folded."""


class Spread:
    """Follows a change through a project and the legacy views.

    Args:
        before, after: the project over both schemas.
        readers: who may read what.
        places: of the project.

    Attributes:
        breaks: directly broken models, snapshots, singular tests and views.
        broken: their keys.
        lost: columns that no longer come about: gone, or made of what is gone.
    """

    def __init__(self, before: Estate, after: Estate, readers: Readers, places: Places) -> None:
        self._before = before
        self._after = after
        self._readers = readers
        self._places = places
        self.breaks: list[Break] = []
        self.silent: list[Silent] = []
        self.not_checked: list[NotChecked] = []
        self.not_told = 0
        self.broken: set[Key] = set()
        self.lost: set[ColumnKey] = set()
        self._retyped: set[ColumnKey] = set()

    def run(self, changed: Iterable[tuple[Key, ChangedRelation]]) -> None:
        """Follow the change from the relations that differ."""
        waiting = [key for key, _ in changed]
        for key in waiting:
            self._note_physical(key)
        examined: dict[Key, int] = {}
        own = set(waiting)
        for key in waiting:
            after = self._after.answer(key)
            if after is not None:
                self._note_problems(key, self._before.answer(key) or Answer(), after)
        while waiting:
            for reader in self._readers.of(waiting.pop(0)):
                known = len(self.lost) + len(self._retyped)
                if reader in own or examined.get(reader) == known:
                    continue
                is_first = reader not in examined
                if self._examine(reader) if is_first else self._note_lost(reader):
                    waiting.append(reader)
                examined[reader] = len(self.lost) + len(self._retyped)
        self._stand_on_broken_views()

    def _stand_on_broken_views(self) -> None:
        """What reads a view that breaks, breaks with it, whatever columns it names."""
        waiting = [key for key in sorted(self.broken) if self.named(key)[1] is None]
        while waiting:
            view = waiting.pop(0)
            for reader in self._readers.of(view):
                answer = self._before.answer(reader)
                if reader in self.broken or answer is None or view not in answer.reads:
                    continue
                self.broken.add(reader)
                self.breaks.append(self._standing(reader, answer, self.named(view)[2]))
                if self.named(reader)[1] is None:
                    waiting.append(reader)

    def _standing(self, key: Key, before: Answer, view: str) -> Break:
        kind, node, shown = self.named(key)
        return Break(
            kind=kind,
            node=_id(node),
            name=shown,
            what=f"reads {view}, which breaks",
            is_direct=False,
            columns=tuple(column.name for column in self._lost_columns(before)),
            file=None if node is None else self._places.sql_file(node),
        )

    # --- what the change itself touches ------------------------------------------------------------------------------

    def _note_physical(self, key: Key) -> None:
        old, new = self._before.types(key) or {}, self._after.types(key) or {}
        self.lost.update((*key, name) for name in old if name not in new)
        self._retyped.update((*key, name) for name in old if name in new and is_other(old[name], new[name]))

    # --- what reads it -----------------------------------------------------------------------------------------------

    def _examine(self, key: Key) -> bool:
        """Compare what a reader says before and after; True where that matters to whoever reads it."""
        before, after = self._before.answer(key), self._after.answer(key)
        if after is None or before is None:
            return False
        is_broken = self._note_problems(key, before, after)
        has_lost = self._note_lost(key)
        changes = self._changes(key, before) if after.unread is None else []
        self.silent.extend(changes)
        return bool(is_broken or has_lost or changes)

    def _note_problems(self, key: Key, before: Answer, after: Answer) -> bool:
        """Note the names that are not resolved any more; True where the reader breaks."""
        if after.unread is not None:
            self._unread(key, after)
            return False
        new = list(_new(before.problems, after.problems))
        wrong = [noted for noted in new if noted.problem.is_wrong]
        self.not_checked.extend(self._unknown(key, noted) for noted in new if not noted.problem.is_wrong)
        if wrong:
            self.broken.add(key)
            names = tuple(column.name for column in self._lost_columns(before))
            self.breaks.extend(self._break(key, noted, names) for noted in wrong)
        return bool(wrong)

    def _note_lost(self, key: Key) -> bool:
        """Note the columns that come from what is gone; True where there are such that were not known."""
        before = self._before.answer(key)
        known = len(self.lost)
        if before is not None:
            self.lost.update((*key, fold(column.name)) for column in self._lost_columns(before))
        return len(self.lost) > known

    def _lost_columns(self, before: Answer) -> list[ColumnLineage]:
        return [c for c in before.columns or () if any(_key(source) in self.lost for source in c.sources)]

    def _changes(self, key: Key, before: Answer) -> list[Silent]:
        old, new = self._before.types(key), self._after.types(key)
        if old is None or new is None:
            return []
        sources = {fold(column.name): column for column in before.columns or ()}
        after = self._after.answer(key)
        sources = {**{fold(c.name): c for c in (after.columns if after else None) or ()}, **sources}
        self._count_untold(key, old, new, sources)
        found = []
        for name in (*old, *(name for name in new if name not in old)):
            if name in old and name in new and not is_other(old[name], new[name]):
                continue
            if name in old:
                (self._retyped if name in new else self.lost).add((*key, name))
            found.append(self._silent(key, (old, new), name, sources.get(name)))
        return found

    def _count_untold(self, key: Key, old: Types, new: Types, columns: dict[str, ColumnLineage]) -> None:
        for name, column in columns.items():
            untold = old.get(name) is None or new.get(name) is None
            if untold and any(_key(source) in self._retyped for source in column.sources):
                self.not_told += 1

    # --- as they are told --------------------------------------------------------------------------------------------

    def _silent(self, key: Key, types: tuple[Types, Types], name: str, column: ColumnLineage | None) -> Silent:
        old, new = types
        kind, node, shown = self.named(key)
        source = shown_source(column.sources[0]) if column is not None and len(column.sources) == 1 else None
        before, after = old.get(name), new.get(name)
        return Silent(
            kind=kind,
            node=_id(node),
            name=shown,
            column=column.name if column is not None else name,
            what="removed" if name not in new else "added" if name not in old else "type",
            before=None if before is None else type_text(before),
            after=None if after is None else type_text(after),
            source=source,
        )

    def _break(self, key: Key, noted: Noted, columns: tuple[str, ...]) -> Break:
        kind, node, shown = self.named(key)
        at = sql_place(node, noted.rendered, noted.problem.at, self._places) if node is not None else {}
        return Break(
            kind=kind,
            node=_id(node),
            name=shown,
            what=noted.problem.what,
            columns=columns,
            **at,
        )

    def _unknown(self, key: Key, noted: Noted) -> NotChecked:
        _, node, shown = self.named(key)
        at = sql_place(node, noted.rendered, noted.problem.at, self._places) if node is not None else {}
        return NotChecked(name=shown, reason=noted.problem.what, node=_id(node), **at)

    def _unread(self, key: Key, answer: Answer) -> None:
        _, node, shown = self.named(key)
        unread = answer.unread
        assert unread is not None, "asked by the caller"
        at = sql_place(node, unread.rendered, unread.at, self._places) if node is not None else {}
        self.not_checked.append(NotChecked(name=shown, reason=unread.reason, node=_id(node), **at))

    def before_answer(self, key: Key) -> Answer | None:
        """What the SQL behind a key said before."""
        return self._before.answer(key)

    def named(self, key: Key) -> tuple[Kind, Node | None, str]:
        """What a key stands for: its kind, its node, and its name."""
        node = self._before.queries.nodes.get(key)
        if node is not None:
            kinds: dict[str, Kind] = {"snapshot": "snapshot", "test": "test"}
            return kinds.get(node["resource_type"], "model"), node, str(node["name"])
        held = self._after.physical.find(key) or self._before.physical.find(key)
        return "view", None, qualified(held.database, held.name) if held is not None else qualified(*key)


def _id(node: Node | None) -> str | None:
    return None if node is None else str(node["unique_id"])


def _new(before: tuple[Noted, ...], after: tuple[Noted, ...]) -> Iterator[Noted]:
    """The problems that are there only after the change."""
    known = {(noted.problem.what, noted.problem.at) for noted in before}
    return (noted for noted in after if (noted.problem.what, noted.problem.at) not in known)


def _key(source: Source) -> ColumnKey:
    return fold(source.database), fold(source.name), fold(source.column)
