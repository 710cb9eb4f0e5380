"""YAML as people write it: a strategy made of the grammar, not of a dumper, with comments and blank lines everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
TYPES = ("INTEGER", "DATE", "DECIMAL(18,2)", "VARCHAR(10) CHARACTER SET LATIN", "TIMESTAMP(0) WITH TIME ZONE")
TEXTS = ("of the shop", "it's one", 'say "so"', "{{ doc('x') }}", "a: b # c", "ünï 😀", "yes", "- x", "[1]", "")
NAMES = ("id", "Name", "amount", "a b", "ordered_at", "größe", "x#1", "no")
Draw = Callable[[st.SearchStrategy[T]], T]


class Written(NamedTuple):
    """A file, and the models that it describes."""

    text: str
    models: tuple[str, ...]


class Writer:
    """Writes one file; every choice is drawn, every comment has a number of its own."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self.lines: list[str] = []
        self.step, self.dash = self.pick((2, 2, 4)), self.pick((0, 2, 2, 4))
        self.gap = self.pick((2, 2, 4))
        self._comments = 0
        self.anchors: list[str] = []
        self.shared: dict[str, str] = {}  # names of columns that have an anchor, by anchor

    def pick(self, choices: tuple[T, ...]) -> T:
        return self._draw(st.sampled_from(choices))

    def sometimes(self, often: int = 3) -> bool:
        return self._draw(st.integers(0, often)) == often

    def comment(self) -> str:
        self._comments += 1
        return f"# comment {self._comments}{self.pick(('', ' - name: x', ': {', ' é'))}"

    def line(self, text: str, *, closed: bool = True) -> None:
        """A line, perhaps with a comment behind it, and with comments or blank lines in front of it."""
        while self.sometimes(4):
            self.lines.append(self.pick(("", "   ")) or " " * self.pick((0, 1, 4, 9)) + self.comment())
        tail = "  " + self.comment() if closed and self.sometimes(5) else self.pick(("", "", "", " "))
        self.lines.append(text + (tail if closed else ""))

    def scalar(self, text: str) -> str:
        """A text on one line, in one of the ways that mean it."""
        ways = ['"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"', "'" + text.replace("'", "''") + "'"]
        if text in TYPES or text in ("id", "Name", "amount", "a b", "ordered_at", "größe", "x#1", "of the shop"):
            ways += [text, text]
        return self.pick(tuple(ways))

    def pair(self, at: int, key: str, text: str, lead: str | None = None) -> None:
        """A key with a text, on one line or in a block; ``lead`` stands in place of the blanks."""
        head = f"{' ' * at if lead is None else lead}{self.pick((key, key, key, repr(key)))}:"
        blocky = text in ("of the shop", "it's one", "ünï 😀") and key == "description" and self.sometimes(2)
        if not blocky:
            self.line(f"{head}{self.pick((' ', ' ', '   '))}{self.scalar(text)}")
            return
        self.line(f"{head} {self.pick(('|', '>', '|-', '>-', '|+', '>+'))}", closed=False)
        for part in (text, *(("", "# no comment") if self.sometimes() else ())):
            self.lines.append(" " * (at + 2) + part if part else "")
        self.lines.extend([""] * self.pick((0, 0, 1, 2)))

    def item(self, at: int, pairs: list[tuple[str, str]]) -> int:
        """A mapping as an item; returns the column of its keys."""
        lead = " " * at + "-" + " " * (self.gap - 1)
        if self.sometimes(8):
            self.line(" " * at + "-")
            lead = " " * (at + self.gap)
        for index, (key, text) in enumerate(pairs):
            self.pair(at + self.gap, key, text, lead if index == 0 else None)
        return at + self.gap


def _column(writer: Writer, at: int, name: str) -> None:
    pairs = [("name", name)]
    if writer.sometimes(1):
        pairs.append(("data_type", writer.pick(TYPES)))
    if writer.sometimes(2):
        pairs.insert(writer.pick((0, len(pairs))), ("description", writer.pick(TEXTS)))
    if writer.sometimes(6):
        inner = ", ".join(f"{key}: {_in_flow(writer, text)}" for key, text in pairs)
        writer.line(" " * at + "-" + " " * (writer.gap - 1) + "{" + inner + writer.pick(("", " ", ",")) + "}")
        return
    if writer.sometimes(6):
        anchor = f"c{len(writer.shared)}"
        writer.line(f"{' ' * at}- &{anchor}")
        keys = at + writer.gap
        for key, text in pairs:
            writer.pair(keys, key, text)
        writer.shared[anchor] = name
    else:
        keys = writer.item(at, pairs)
    if writer.sometimes(4):
        word = writer.pick(("tests", "data_tests"))
        writer.line(f"{' ' * keys}{word}:{writer.pick((' [unique, not_null]', ' [ ]'))}")
    elif writer.sometimes(4):
        writer.line(f"{' ' * keys}data_tests:")
        writer.line(f"{' ' * (keys + writer.dash)}- unique")
    if writer.sometimes(6):
        writer.line(f"{' ' * keys}meta:")
        writer.pair(keys + writer.step, "owner", "it's one")


def _in_flow(writer: Writer, text: str) -> str:
    return text if text in ("id", "INTEGER", "DATE") else '"' + text.replace('"', '\\"') + '"'


def _columns(writer: Writer, at: int, names: list[str]) -> None:
    if not names:
        if writer.sometimes(1):
            writer.line(" " * at + "columns:" + writer.pick(("", " []", " null")))
        return
    if writer.sometimes(5):
        inner = ", ".join("{name: " + _in_flow(writer, name) + "}" for name in names)
        writer.line(f"{' ' * at}columns: [{inner}]")
        return
    anchor = f"a{len(writer.anchors)}" if writer.sometimes(8) else ""
    if anchor:
        writer.anchors.append(anchor)
    writer.line(f"{' ' * at}columns:{f' &{anchor}' if anchor else ''}")
    for name in names:
        _column(writer, at + writer.dash, name)
    for other, name in writer.shared.items():
        if name not in names and writer.sometimes(1):
            writer.line(
                " " * (at + writer.dash) + "-" + " " * (writer.gap - 1) + writer.pick((f"*{other}", f"<<: *{other}"))
            )
            names = [*names, name]


def _model(writer: Writer, at: int, name: str) -> None:
    pairs = [("name", name)]
    if writer.sometimes(1):
        pairs.append(("description", writer.pick(TEXTS)))
    keys = writer.item(at, pairs)
    if writer.anchors and writer.sometimes(3):
        writer.line(f"{' ' * keys}columns: *{writer.pick(tuple(writer.anchors))}")
        return
    names = writer._draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))
    _columns(writer, keys, names)
    if writer.sometimes(4):
        writer.line(f"{' ' * keys}config: {{materialized: view}}")


@st.composite
def files(draw: Draw) -> Written:
    """A YAML file of a dbt project, in one of the many ways in which people lay it out."""
    writer = Writer(draw)
    models = [f"m{number}" for number in range(draw(st.integers(1, 4)))]
    if writer.sometimes(1):
        writer.line("version: 2")
    split = draw(st.integers(1, len(models)))
    for part in (models[:split], models[split:]):
        if not part:
            continue
        if part is not models[:split] and writer.lines and part[0] != models[0]:
            writer.line("---")
            writer.anchors.clear()
            writer.shared.clear()
        writer.line("models:")
        for name in part:
            _model(writer, writer.dash, name)
    if writer.sometimes():
        writer.lines.append(writer.comment())
    text = writer.pick(("\n", "\n", "\r\n")).join(writer.lines) + writer.pick(("", "\n"))
    if "\r\n" in text and text.endswith("\n") and not text.endswith("\r\n"):
        text = text[:-1] + "\r\n"
    return Written(writer.pick(("", "", "\ufeff")) + text, tuple(models))
