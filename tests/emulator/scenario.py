"""Scenarios: text files that say what is run and what comes back, for anyone who reads SQL.

A statement ends with ``;`` at the end of a line. The lines behind it, up to a blank one, say what it answers:

    ok                          it runs; whatever comes back does not matter
    3 rows                      so many rows were returned or touched
    error 3807                  Teradata's error of this number
    error 3807 'T' does not     … whose text has these words in it
    refused RECURSIVE           the emulator's own refusal, whose text has this word in it
    | a | b                     a result set: names of the columns, then one line a row
    | 1 | NULL

The text of SHOW stands in lines that begin with ``|``, without a header. A second result set begins after ``|-``.
``--`` begins a comment. Lines that begin with ``@`` steer:

    @session NAME user=… tmode=TERA autocommit=off    go to a session, which is opened when it is first named
    @clock 2024-05-07 12:00:00                        the time of what follows
    @reopen                                           close everything and open the file again
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import teradatasql

from dbee_dbt.emulator import Connection, connect
from dbee_dbt.emulator.cursor import Cursor

_ANSWER = re.compile(r"ok$|\d+ rows$|error \d+|refused |\|")
START = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


class Step(NamedTuple):
    """A statement or directive, what is expected of it, and in which line it begins."""

    line: int
    text: str
    expected: tuple[str, ...]


def read_scenario(text: str) -> Iterator[Step]:
    """The steps of a scenario in order."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        if not lines[at].strip() or lines[at].startswith("--"):
            at += 1
            continue
        start = at
        if not lines[at].startswith("@"):
            while not (lines[at].rstrip().endswith(";") and _ANSWER.match(lines[at + 1])):
                at += 1
        at += 1
        first = at
        while at < len(lines) and lines[at].strip() and not lines[start].startswith("@"):
            at += 1
        yield Step(start + 1, "\n".join(lines[start:first]), tuple(line.rstrip() for line in lines[first:at]))


class Player:
    """Runs a scenario on an emulator file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._now = START
        self._sessions: dict[str, tuple[Connection, dict[str, Any]]] = {}
        self._session("main")

    def play(self, step: Step) -> list[str]:
        """What a step answers, in the words of the scenario; shown as expected where that is looser."""
        if step.text.startswith("@"):
            self._steer(step.text[1:].split())
            return []
        with self._current.cursor() as cursor:
            try:
                cursor.execute(step.text)
            except teradatasql.OperationalError as error:
                return [_failure(str(error), step.expected)]
            return _answer(cursor, step.expected)

    def close(self) -> None:
        """Log every session off."""
        for connection, _ in self._sessions.values():
            connection.close()

    def _steer(self, words: list[str]) -> None:
        match words:
            case ["session", name, *settings]:
                self._session(name, **dict(setting.split("=") for setting in settings))
            case ["clock", *moment]:
                self._now = datetime.fromisoformat(" ".join(moment)).replace(tzinfo=UTC)
            case ["reopen"]:
                self._reopen()
            case _:
                raise ValueError(f"unknown directive {words}")

    def _session(self, name: str, **settings: Any) -> None:
        if name not in self._sessions:
            autocommit = settings.pop("autocommit", "on")
            connection = connect(self._path, clock=lambda: self._now, **{"user": "tester", **settings})
            connection.autocommit = autocommit == "on"
            self._sessions[name] = (connection, settings)
        self._current = self._sessions[name][0]

    def _reopen(self) -> None:
        settings = {name: given for name, (_, given) in self._sessions.items()}
        self.close()
        self._sessions.clear()
        for name, given in settings.items():
            self._session(name, **given)


def _failure(text: str, expected: tuple[str, ...]) -> str:
    """The failure as the scenario writes it: with no more words than it does."""
    words = " ".join(expected)
    if "[dbee emulator]" in text:
        wanted = words.removeprefix("refused").strip()
        return words if words.startswith("refused") and wanted.lower() in text.lower() else f"refused {text}"
    number, _, message = text.partition("[Error ")[2].partition("] ")
    wanted = words.removeprefix(f"error {number}").strip()
    return words if words.startswith(f"error {number}") and wanted in message else f"error {number} {message}"


def _answer(cursor: Cursor, expected: tuple[str, ...]) -> list[str]:
    if expected == ("ok",):
        return ["ok"]
    if len(expected) == 1 and expected[0].endswith(" rows"):
        return [f"{cursor.rowcount} rows"]
    lines: list[str] = []
    while True:
        lines += _result_lines(cursor)
        if not cursor.nextset():
            return lines
        lines.append("|-")


def _result_lines(cursor: Cursor) -> list[str]:
    if cursor.description is None:
        return ["ok"]
    if cursor.activityname == "Show":
        return [f"| {line}".rstrip() for row in cursor for line in row[0].split("\r")]
    names = [column[0] for column in cursor.description]
    return [_line(names), *(_line(row) for row in cursor)]


def _line(values: list[Any]) -> str:
    return "| " + " | ".join("NULL" if value is None else str(value).rstrip() for value in values).rstrip()
