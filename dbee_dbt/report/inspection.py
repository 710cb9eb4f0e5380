"""What scripts hold, as text for people and as one JSON document, file by file so that memory stays flat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dbee_dbt.ddl.inspection import Inspection, Row
from dbee_dbt.ddl.references import Reference
from dbee_dbt.model.plural import counted
from dbee_dbt.report.terminal import json_text, visible, with_caret

SCHEMA_VERSION = 1


class Totals:
    """What all files hold together.

    Statements are structured, opaque or refused; BTEQ commands and parts of shell scripts are counted apart.
    """

    def __init__(self) -> None:
        self.files = self.bteq = self.shell = self.bytes_in = self.bytes_placed = 0
        self.states: Counter[str] = Counter()
        self.opaque: Counter[str] = Counter()
        self.as_text = 0
        self.unreadable: list[tuple[str, str]] = []

    def add(self, size: int, found: Inspection) -> None:
        """Counts a file.

        Args:
            size: of the file, in bytes.
            found: what it holds.
        """
        self.files += 1
        self.bteq += found.bteq
        self.shell += found.shell
        self.bytes_in += size
        self.bytes_placed += found.bytes_placed
        self.states.update(row.state for row in found.rows)
        self.opaque.update(row.keyword for row in found.rows if row.state == "opaque")
        self.as_text += sum(len(row.as_text) for row in found.rows)

    def add_unreadable(self, file: str, error: str) -> None:
        """Counts a file that cannot be read."""
        self.unreadable.append((file, error))

    @property
    def exit_code(self) -> int:
        """2 where a file cannot be read, 1 where a statement is broken, else 0."""
        return 2 if self.unreadable else 1 if self.states["refused"] else 0

    def counts(self) -> dict[str, int]:
        """The totals by their names in JSON."""
        return {
            "files": self.files,
            "statements": self.states.total(),
            "structured": self.states["structured"],
            "opaque": self.states["opaque"],
            "refused": self.states["refused"],
            "bytes_in": self.bytes_in,
            "bytes_placed": self.bytes_placed,
        }


class TextReport:
    """A line a statement, and the totals; everything that was read is spelled out where a terminal would act on it."""

    def __init__(self) -> None:
        self.totals = Totals()

    def file(self, file: str, size: int, found: Inspection) -> str:
        """The lines of one file; ``""`` for none."""
        self.totals.add(size, found)
        return "\n".join(visible(line) for row in found.rows for line in _lines(file, row))

    def end(self) -> str:
        """The totals."""
        counts = self.totals.counts()
        states = ", ".join(f"{counts[state]} {state}" for state in ("structured", "opaque", "refused"))
        read = f"{counted(counts['statements'], 'statement')} in {counted(counts['files'], 'file')}"
        lines = ["", f"{read}: {states}"]
        if self.totals.opaque:
            shown = ", ".join(f"{word or '(no word)'} {count}" for word, count in sorted(self.totals.opaque.items()))
            lines.append(f"opaque by their first word: {shown}")
        if self.totals.as_text:
            lines.append(f"clauses kept as text: {self.totals.as_text}")
        if self.totals.bteq:
            lines.append(f"BTEQ commands: {self.totals.bteq}")
        if self.totals.shell:
            lines.append(f"parts of shell scripts: {self.totals.shell}")
        lines.append(f"bytes read: {counts['bytes_in']}, placed: {counts['bytes_placed']}")
        return "\n".join(visible(line) for line in lines)


def _lines(file: str, row: Row) -> Iterator[str]:
    if row.problem is not None:
        yield f"{file}:{row.problem.line}:{row.problem.column}: refused: {row.problem.expected}"
        yield from with_caret(row.problem.text, row.problem.caret)
        return
    said = " ".join(word for word in (row.action, row.kind, row.key) if word)
    yield f"{file}:{row.line}:{row.column}: {said or f'opaque: {row.keyword}'.rstrip(': ')}"
    yield from (f"    kept as text: {text}" for text in row.as_text)
    yield from _references(row)


def _references(row: Row) -> Iterator[str]:
    """A line for all places in which the statement names one thing in one way, and what may be missing."""
    places: dict[str, list[str]] = {}
    for found in row.references:
        doubt = "" if found.is_certain or found.how == "may reference" else " (not certain)"
        places.setdefault(f"{found.how} {found.name}{doubt}", []).append(f"{found.line}:{found.column}")
    yield from (f"    {said} at {', '.join(named)}" for said, named in places.items())
    if row.unread and row.state == "structured":
        yield f"    not all: {row.unread}"


class JsonReport:
    """One document, a line a statement; its fields are described in docs/ddl.md."""

    def __init__(self) -> None:
        self.totals = Totals()
        self._before = f'{{"schema_version": {SCHEMA_VERSION},\n"statements": [\n'

    def file(self, file: str, size: int, found: Inspection) -> str:
        """The part of one file; ``""`` for none."""
        self.totals.add(size, found)
        rows = ",\n".join(json_text({"file": file, **_document(row)}) for row in found.rows)
        if not rows:
            return ""
        before, self._before = self._before, ","
        return before + rows

    def end(self) -> str:
        """The rest of the document."""
        document = {
            "bteq": self.totals.bteq,
            "shell": self.totals.shell,
            "clauses_as_text": self.totals.as_text,
            "opaque_by_keyword": dict(sorted(self.totals.opaque.items())),
            "not_read": [{"file": file, "error": error} for file, error in self.totals.unreadable],
            "exit_code": self.totals.exit_code,
            "totals": self.totals.counts(),
        }
        before = self._before if self._before != "," else ""
        return before + "],\n" + json_text(document).removeprefix("{")


def _document(row: Row) -> dict[str, object]:
    return {
        "line": row.line,
        "column": row.column,
        "state": row.state,
        "keyword": row.keyword,
        "action": row.action,
        "kind": row.kind,
        "key": row.key,
        "references": [_reference(found) for found in row.references],
        "unread": row.unread,
        "as_text": row.as_text,
        "problem": row.problem,
    }


def _reference(found: Reference) -> dict[str, object]:
    return {
        "how": found.how,
        "name": found.name,
        "kind": found.kind,
        "written": found.written,
        "line": found.line,
        "column": found.column,
        "certain": found.is_certain,
    }


REPORTS: dict[str, type[TextReport] | type[JsonReport]] = {"text": TextReport, "json": JsonReport}
"""The reports by the name of their format."""
