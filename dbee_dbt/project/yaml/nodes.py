"""YAML text as a tree in which every node knows where it stands.

The parser is PyYAML's, on libyaml: dbt reads a project's files with the same one, so that what stands here is what dbt
will read, and its marks are exact to the character.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import yaml
from msgspec import Struct

from dbee_dbt.model.errors import YamlError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml the same, only slower


class Scalar(Struct, gc=False):
    """A scalar.

    Args:
        start, end: its place in the text, an anchor or tag in front included.
        value: what it says.
        style: ``""`` for plain, a quote, ``|`` or ``>``.
        anchor: the anchor's name, or None.
        tag: what stands in front as ``!tag``, or None.
    """

    start: int
    end: int
    value: str
    style: str
    anchor: str | None = None
    tag: str | None = None

    @property
    def is_null(self) -> bool:
        """True for nothing at all, ``null`` and ``~``."""
        return not self.style and self.value in ("", "~", "null", "Null", "NULL")


class Mapping(Struct):
    """A mapping; its keys are scalars, each of them once. ``flow``: in braces."""

    start: int
    end: int
    pairs: list[tuple[Scalar, Node]]
    flow: bool
    anchor: str | None = None
    tag: str | None = None


class Sequence(Struct):
    """A sequence. ``flow``: in brackets."""

    start: int
    end: int
    items: list[Node]
    flow: bool
    anchor: str | None = None
    tag: str | None = None


class Alias(Struct):
    """An alias and the node that it stands for."""

    start: int
    end: int
    name: str
    target: Scalar | Mapping | Sequence


Node = Scalar | Mapping | Sequence | Alias


class Document(Struct):
    """The text of a file, and its documents.

    Args:
        text: without a byte order mark.
        roots: one a document that is not empty.
        shared: the anchored nodes that an alias stands for.
        file: how messages call the file.
    """

    text: str
    roots: list[Node]
    shared: list[Scalar | Mapping | Sequence]
    file: str

    def line(self, offset: int) -> int:
        """The line of an offset, counted from 1."""
        return self.text.count("\n", 0, offset) + 1


def read(text: str, file: str) -> Document:
    """Read a file's text.

    Args:
        text: without a byte order mark.
        file: how messages call the file.

    Raises:
        YamlError: it is no YAML, a key is written twice or is more than a text, or an alias stands for nothing.
    """
    reader = _Reader(text, file)
    try:
        roots = list(reader.roots())
    except yaml.YAMLError as error:
        raise _not_yaml(error, text, file) from error
    except (RecursionError, ValueError) as error:
        raise YamlError("the YAML cannot be read", file=file) from error
    return Document(text, roots, list(reader.shared.values()), file)


def _not_yaml(error: yaml.YAMLError, text: str, file: str) -> YamlError:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error).splitlines()[0]
    if mark is None:
        return YamlError(f"this is no YAML: {problem}", file=file, hint=_HINTS[""])
    line = [*text.split("\n"), ""][min(mark.line, text.count("\n"))]
    hint = next(hint for sign, hint in _HINTS.items() if sign in line)
    return YamlError(f"this is no YAML: {problem}", file=file, line=mark.line + 1, hint=hint)


_HINTS = {
    "{%": "dbt reads the file as YAML first: Jinja can stand only in a value, in quotes.",
    "{{": "Jinja in a value has to stand in quotes.",
    "\t": "Write blanks in place of the tab.",
    "": "Mend the line; a text with a colon in it has to stand in quotes.",
}


class _Reader:
    """Builds the tree from events; anchors live in one document, as YAML has it."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._event: Callable[[], Any] = _LOADER(text).get_event
        self._anchors: dict[str, Scalar | Mapping | Sequence] = {}
        self._open: set[int] = set()
        self.shared: dict[int, Scalar | Mapping | Sequence] = {}

    def roots(self) -> Iterator[Node]:
        while (event := self._event()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                self._anchors = {}
                yield self._node(self._event())

    def _node(self, event: Any) -> Node:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        if kind is yaml.AliasEvent:
            return self._alias(event)
        start, anchor = event.start_mark.index, event.anchor
        if kind is yaml.MappingStartEvent:
            found: Mapping | Sequence = Mapping(start, start, [], bool(event.flow_style), anchor, event.tag)
            fill: Any = self._pairs
        else:
            found = Sequence(start, start, [], bool(event.flow_style), anchor, event.tag)
            fill = self._items
        if anchor is None:
            fill(found)
            return found
        self._anchors[anchor] = found
        self._open.add(id(found))
        fill(found)
        self._open.discard(id(found))
        return found

    def _items(self, sequence: Sequence) -> None:
        while type(event := self._event()) is not yaml.SequenceEndEvent:
            sequence.items.append(self._node(event))
        sequence.end = event.end_mark.index

    def _scalar(self, event: Any) -> Scalar:
        style = event.style or ""
        found = Scalar(event.start_mark.index, event.end_mark.index, event.value, "" if style == ":" else style)
        if event.anchor is not None or event.tag is not None:
            found.anchor = event.anchor
            found.tag = event.tag
            if event.anchor is not None:
                self._anchors[event.anchor] = found
        return found

    def _pairs(self, mapping: Mapping) -> None:
        keys = set()
        while type(event := self._event()) is not yaml.MappingEndEvent:
            key = self._node(event)
            if not isinstance(key, Scalar):
                raise self._refused("a key is more than a text", key, "Jinja in a value has to stand in quotes.")
            if key.value in keys and key.value != "<<":
                raise self._refused(f"the key {key.value} stands twice in one mapping", key, "Keep one of the two.")
            if "{" in key.value and ("{{" in key.value or "{%" in key.value):
                raise self._refused("a key is written with Jinja", key, "dbt does not render keys: write the text.")
            keys.add(key.value)
            mapping.pairs.append((key, self._node(self._event())))
        mapping.end = event.end_mark.index

    def _alias(self, event: Any) -> Alias:
        start, end, name = event.start_mark.index, event.end_mark.index, event.anchor
        target = self._anchors.get(name)
        if target is None or id(target) in self._open:
            hint = "An anchor holds in its own document, behind what it stands for: repeat it there."
            raise YamlError(f"*{name} stands for nothing", file=self._file, line=self._line(start), hint=hint)
        self.shared[id(target)] = target
        return Alias(start, end, name, target)

    def _refused(self, what: str, node: Node, hint: str) -> YamlError:
        return YamlError(what, file=self._file, line=self._line(node.start), hint=hint)

    def _line(self, offset: int) -> int:
        return self._text.count("\n", 0, offset) + 1


def resolved(node: Node | None) -> Scalar | Mapping | Sequence | None:
    """The node, or what its alias stands for."""
    return node.target if isinstance(node, Alias) else node


def own(mapping: Node | None, key: str) -> Node | None:
    """The value of a key that stands in the mapping itself; None where there is none."""
    if isinstance(mapping, Mapping):
        for name, value in mapping.pairs:
            if name.value == key:
                return value
    return None


def value(mapping: Node | None, key: str) -> Node | None:
    """The value of a key, also where a merge key (``<<``) brings it; None where there is none."""
    rest: list[Node | None] = [mapping]
    seen: set[int] = set()
    while rest:
        found = resolved(rest.pop(0))
        if not isinstance(found, Mapping) or id(found) in seen:
            continue
        seen.add(id(found))
        here = own(found, key)
        if here is not None:
            return here
        rest[:0] = [one for name, node in found.pairs if name.value == "<<" for one in _bases(node)]
    return None


def _bases(node: Node) -> list[Node]:
    found = resolved(node)
    return found.items if isinstance(found, Sequence) else [node]


def text_of(node: Node | None) -> str | None:
    """What a scalar says; None where there is none, or nothing in it."""
    found = resolved(node)
    return found.value if isinstance(found, Scalar) and not found.is_null else None


def items_of(node: Node | None) -> list[Node]:
    """The items of a sequence, or none."""
    found = resolved(node)
    return found.items if isinstance(found, Sequence) else []
