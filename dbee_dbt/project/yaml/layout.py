"""Where lines begin and end around a node, and how a new node is laid out like those beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from dbee_dbt.model.errors import YamlError
from dbee_dbt.project.yaml.nodes import Alias, Document, Mapping, Node, Scalar, Sequence
from dbee_dbt.project.yaml.scalars import is_text, written

_REST = re.compile(r"[ \t]*(?:(?<=[ \t])#[^\r\n]*)?(?=\r?\n|\Z)")
_COMMENT_LINE = re.compile(r"\r?\n( *)#[^\r\n]*(?=\r?\n|\Z)")
_LONE_DASH = re.compile(r"( *)-[ \t]*(?:(?<=[ \t])#.*)?\r?")
_EMPTY_LINE = re.compile(r"[ \t]*(?:#.*)?\r?")


class Style(Struct, frozen=True):
    """How a file indents.

    Args:
        step: columns from a mapping to one in it.
        dash: columns from a key to the dashes of its list.
        gap: columns from a dash to what stands behind it.
    """

    step: int = 2
    dash: int = 2
    gap: int = 2


def refused(document: Document, offset: int, what: str, hint: str) -> YamlError:
    """An error at a place of a document."""
    return YamlError(what, file=document.file, line=document.line(offset), hint=hint)


def column(document: Document, offset: int) -> int:
    """The column of an offset, counted from 0."""
    return offset - (document.text.rfind("\n", 0, offset) + 1)


def content_end(document: Document, node: Node) -> int:
    """Where a node's own text ends: blank lines and comments behind it are no part of it."""
    while isinstance(node, Mapping | Sequence) and not node.flow:
        node = node.pairs[-1][1] if isinstance(node, Mapping) else node.items[-1]
    if not isinstance(node, Scalar) or node.style not in ("|", ">"):
        return node.end
    text = document.text[node.start : node.end]
    head = text.split("\n", 1)[0].partition("#")[0]
    return node.end if "+" in head else node.start + len(text.rstrip(" \t\r\n"))


def is_written_as(document: Document, node: Node, text: str) -> bool:
    """True where an item's own text, from the beginning of its line to the end of its last, is exactly this."""
    start = document.text.rfind("\n", 0, node.start) + 1
    return document.text.startswith(text, start) and content_end(document, node) == start + len(text) - 1


def line_end(document: Document, offset: int) -> int:
    """The end of the line, where only blanks and a comment stand behind the offset.

    Raises:
        YamlError: something else stands there.
    """
    found = _REST.match(document.text, offset)
    if found is None:
        raise refused(document, offset, "something else stands on the same line", "Break the line there.")
    return found.end()


def past_comments(document: Document, end: int, deeper_than: int) -> int:
    """The end of the comment lines that follow at once and stand further in than a column, or ``end``."""
    while (found := _COMMENT_LINE.match(document.text, end)) and len(found[1]) > deeper_than:
        end = found.end()
    return end


def dash(document: Document, item: Node) -> int:
    """The offset of the dash of an item in a block sequence.

    Raises:
        YamlError: it cannot be told.
    """
    text = document.text
    start = text.rfind("\n", 0, item.start) + 1
    before = text[start : item.start].rstrip()
    if before.endswith("-"):
        return start + len(before) - 1
    while not before and start:
        end, start = start - 1, text.rfind("\n", 0, start - 1) + 1
        found = _LONE_DASH.fullmatch(text, start, end)
        if found:
            return start + len(found[1])
        if not _EMPTY_LINE.fullmatch(text, start, end):
            break
    raise refused(document, item.start, "the dash of this item cannot be found", "Write `- name: …` on one line.")


def line_break(document: Document, offset: int) -> str:
    """The line end that new lines at an offset get."""
    text = document.text
    at = text.find("\n", offset)
    at = text.rfind("\n") if at < 0 else at
    return "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"


def style_of(document: Document, key: Scalar | None = None, sequence: Node | None = None) -> Style:
    """The style of a list under a key; where there is none yet, that of the first list of the file."""
    first = next(_lists(document), None)
    if key is None or not _is_block_list(sequence):
        key, sequence = first or (None, None)
    if key is None or not isinstance(sequence, Sequence):
        return Style()
    at = dash(document, sequence.items[0])
    offset = column(document, at) - column(document, key.start)
    gap = _first(sequence.items[0]) - at
    gap = gap if 2 <= gap <= 8 else 2
    return Style(step=_step(document) or max(offset, gap), dash=max(offset, 0), gap=gap)


def _is_block_list(node: Node | None) -> bool:
    return isinstance(node, Sequence) and not node.flow and bool(node.items)


def _first(item: Node) -> int:
    return item.pairs[0][0].start if isinstance(item, Mapping) and item.pairs else item.start


def _lists(document: Document) -> Iterator[tuple[Scalar, Sequence]]:
    for mapping in _block_mappings(document.roots):
        for key, node in mapping.pairs:
            if isinstance(node, Sequence) and not node.flow and node.items:
                yield key, node


def _step(document: Document) -> int | None:
    """Columns from the first mapping that has another in it, to that one."""
    for mapping in _block_mappings(document.roots):
        for key, node in mapping.pairs:
            if isinstance(node, Mapping) and not node.flow:
                return column(document, _first(node)) - column(document, key.start)
    return None


def _block_mappings(nodes: list[Node]) -> Iterator[Mapping]:
    """Every block mapping, outer ones first."""
    rest = list(reversed(nodes))
    while rest:
        node = rest.pop()
        if isinstance(node, Mapping) and not node.flow:
            yield node
            rest += (inner for _, inner in reversed(node.pairs))
        elif isinstance(node, Sequence) and not node.flow:
            rest += reversed(node.items)


def item_lines(node: Node, at: int, style: Style) -> list[str]:
    """The lines of a new item whose dash stands in column ``at``."""
    lead = " " * at + "-" + " " * (style.gap - 1)
    if isinstance(node, Mapping) and not node.flow:
        first, *rest = mapping_lines(node, at + style.gap, style)
        return [lead + first.lstrip(" "), *rest]
    return [lead + flow_text(node)]


def mapping_lines(mapping: Mapping, at: int, style: Style) -> list[str]:
    """The lines of a new mapping whose keys stand in column ``at``."""
    return [line for key, node in mapping.pairs for line in pair_lines(key.value, node, at, style)]


def pair_lines(key: str, node: Node, at: int, style: Style) -> list[str]:
    """The lines of a new key with its value; the key stands in column ``at``."""
    head = f"{' ' * at}{written(key)}:"
    if isinstance(node, Mapping) and not node.flow:
        return [head, *mapping_lines(node, at + style.step, style)]
    if isinstance(node, Sequence) and not node.flow:
        return [head, *(line for item in node.items for line in item_lines(item, at + style.dash, style))]
    return [f"{head} {flow_text(node, flow=False)}"]


def flow_text(node: Node, *, flow: bool = True) -> str:
    """A node on one line. ``flow``: True where it stands in braces or brackets."""
    match node:
        case Scalar():
            return scalar_text(node, flow=flow)
        case Mapping():
            return "{" + ", ".join(f"{written(key.value, flow=True)}: {flow_text(n)}" for key, n in node.pairs) + "}"
        case Sequence():
            return "[" + ", ".join(flow_text(item) for item in node.items) + "]"
        case Alias():
            return flow_text(node.target, flow=flow)


def scalar_text(node: Scalar, *, flow: bool = False) -> str:
    """A scalar as it is written anew: on one line, quoted where it was."""
    if node.style == "" and not is_text(node.value):
        return node.value or "null"
    return written(node.value, node.style, flow=flow)
