"""Changes of a document: each is made twice, in its text and in its meaning, and the two must agree in the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from operator import attrgetter

from msgspec import Struct

from dbee_dbt.model.errors import YamlError
from dbee_dbt.project.yaml.layout import (
    Style,
    column,
    content_end,
    dash,
    flow_text,
    item_lines,
    line_break,
    line_end,
    pair_lines,
    past_comments,
    refused,
    style_of,
)
from dbee_dbt.project.yaml.meaning import Meanings, meaning
from dbee_dbt.project.yaml.nodes import Alias, Document, Mapping, Node, Scalar, Sequence, read
from dbee_dbt.project.yaml.scalars import is_text, written

_ALIASED = "Write it out where the alias stands, or change it by hand at the anchor."
_BY_HAND = "Change it by hand, then run again."


class Edit(Struct, frozen=True):
    """A piece of text in place of another: ``text[start:end]`` becomes ``new``."""

    start: int
    end: int
    new: str


class Change(Struct, frozen=True):
    """One change: what becomes of the text, and what of the meaning."""

    edits: tuple[Edit, ...]
    apply: Callable[[Meanings], None]


def changed_text(document: Document, changes: Iterable[Change]) -> str:
    """The text with the changes in it; what no change names stays as it is, to the byte.

    Raises:
        YamlError: the new text would not mean exactly what the changes say.
    """
    meanings = Meanings(document)
    edits: list[Edit] = []
    for change in changes:
        edits += change.edits
        change.apply(meanings)
    text = _spliced(document, sorted(edits, key=attrgetter("start")))
    try:
        found = [meaning(root) for root in read(text, document.file).roots]
    except YamlError as error:
        raise _inexact(document) from error
    if found != meanings.roots:
        raise _inexact(document)
    return text


def _inexact(document: Document) -> YamlError:
    what = "the file cannot be edited so that all else keeps its meaning"
    return YamlError(what, file=document.file, hint="Lay it out in blocks, a key a line, or change it by hand.")


def _spliced(document: Document, edits: list[Edit]) -> str:
    pieces: list[str] = []
    at = 0
    for edit in edits:
        if edit.start < at:
            raise _inexact(document)
        pieces += (document.text[at : edit.start], edit.new)
        at = edit.end
    return "".join((*pieces, document.text[at:]))


# --- scalars ---------------------------------------------------------------------------------------------------------


def set_value(document: Document, mapping: Mapping, key: str, new: Scalar | Sequence) -> Change:
    """Give a key of a mapping another value.

    Raises:
        YamlError: an alias, an anchor or a tag is in the way, or the value is written over several lines as a list.
    """
    old = next(value for name, value in mapping.pairs if name.value == key)
    _check_free(document, mapping)
    _check_free(document, old)
    if isinstance(old, Alias) or old.anchor is not None or old.tag is not None:
        raise refused(document, old.start, f"{key} is written with an anchor, an alias or a tag", _BY_HAND)
    if isinstance(old, Mapping | Sequence) and not old.flow:
        raise refused(document, old.start, f"{key} is a list or mapping in a block", _BY_HAND)
    return Change((_replaced(document, mapping, old, new),), lambda meanings: meanings.set_value(mapping, key, new))


def _replaced(document: Document, mapping: Mapping, old: Node, new: Scalar | Sequence) -> Edit:
    if not isinstance(old, Scalar) or not isinstance(new, Scalar):
        return Edit(old.start, old.end, flow_text(new, flow=mapping.flow))
    if old.start == old.end:
        return Edit(old.start, old.end, f" {flow_text(new, flow=mapping.flow)}")
    if old.style in ("|", ">"):
        return Edit(old.start, _block_end(document, old), flow_text(new))
    is_plain = new.style == "" and not is_text(new.value)
    style = old.style if not old.is_null else new.style
    return Edit(old.start, old.end, new.value if is_plain else written(new.value, style, flow=mapping.flow))


def _block_end(document: Document, old: Scalar) -> int:
    text = document.text[old.start : old.end]
    if "#" in text.split("\n", 1)[0]:
        raise refused(document, old.start, "a comment stands in the head of a block of text", _BY_HAND)
    return old.start + len(text.rstrip(" \t\r\n"))


# --- keys of a mapping -----------------------------------------------------------------------------------------------


def add_pair(document: Document, mapping: Mapping, after: str | None, pair: tuple[str, Node], style: Style) -> Change:
    """Add a key to a mapping, behind another; behind all where that is None.

    Raises:
        YamlError: an alias stands for the mapping, or its text cannot be extended.
    """
    _check_free(document, mapping)
    key, node = pair
    name, behind = next((one for one in mapping.pairs if one[0].value == after), mapping.pairs[-1])
    apply: Callable[[Meanings], None] = partial(_add_pair, mapping=mapping, after=name.value, key=key, node=node)
    end = content_end(document, behind)
    if mapping.flow:
        return Change((Edit(end, end, f", {written(key, flow=True)}: {flow_text(node)}"),), apply)
    at = column(document, mapping.pairs[0][0].start)
    return Change((_lines(document, end, pair_lines(key, node, at, style)),), apply)


def _add_pair(meanings: Meanings, mapping: Mapping, after: str, key: str, node: Node) -> None:
    meanings.add_pair(mapping, after, key, node)


def _lines(document: Document, end: int, lines: list[str], deeper_than: int | None = None) -> Edit:
    """Lines behind the line in which ``end`` lies, and behind comments in it that belong to it."""
    eol = line_break(document, end)
    if end and document.text[end - 1] == "\n":  # behind a block of text that keeps its last line ends
        return Edit(end, end, "".join(line + eol for line in lines))
    at = line_end(document, end)
    if deeper_than is not None:
        at = past_comments(document, at, deeper_than)
    return Edit(at, at, "".join(eol + line for line in lines))


def remove_pair(document: Document, mapping: Mapping, key: str) -> Change:
    """Take a key with its value out of a block mapping.

    Raises:
        YamlError: an alias stands for the mapping or something in it, or the key shares its line.
    """
    _check_free(document, mapping)
    name, value = next(pair for pair in mapping.pairs if pair[0].value == key)
    _check_unshared(document, value)
    if mapping.flow or mapping.pairs[0][0] is name:
        raise refused(document, name.start, f"{key} cannot be taken out of this line", _BY_HAND)
    start = document.text.rfind("\n", 0, name.start) + 1
    edit = _without_lines(document, start, content_end(document, value), column(document, name.start))
    return Change((edit,), lambda meanings: meanings.remove_pair(mapping, key))


def _without_lines(document: Document, start: int, end: int, deeper_than: int) -> Edit:
    """Takes lines away, with the comments that stand further in behind them."""
    text = document.text
    if text[end - 1] != "\n":
        end = past_comments(document, line_end(document, end), deeper_than)
        rest = re.compile(r"\r?\n").match(text, end)
        if rest is None and start:  # the last line has no end: the one before gives its own
            start -= 2 if text[start - 2 : start] == "\r\n" else 1
        end = end if rest is None else rest.end()
    return Edit(start, end, "")


def new_list(document: Document, mapping: Mapping, key: str, new: Sequence) -> Change:
    """Give a mapping a list that it does not have: the key is missing, or ``[]``, ``null`` or nothing stands there.

    Raises:
        YamlError: an alias, an anchor or a tag is in the way.
    """
    style = style_of(document)
    pair = next((pair for pair in mapping.pairs if pair[0].value == key), None)
    if pair is None:
        return add_pair(document, mapping, None, (key, new), style)
    name, old = pair
    if not ((isinstance(old, Scalar) and old.is_null) or (isinstance(old, Sequence) and not old.items)):
        raise refused(document, old.start, f"{key} is no list", _BY_HAND)
    change = set_value(document, mapping, key, new)
    if mapping.flow:
        return change
    lines = [line for item in new.items for line in item_lines(item, column(document, name.start) + style.dash, style)]
    colon = document.text.rindex(":", name.end, old.start + 1) + 1 if old.end > old.start else old.start
    return Change((Edit(colon, old.end, ""), _lines(document, old.end, lines)), change.apply)


# --- items of a list -------------------------------------------------------------------------------------------------


class List(Struct, frozen=True):
    """A list of named things: the key that it stands under, and the mapping that has the key."""

    owner: Mapping
    key: Scalar
    sequence: Sequence


def add_item(document: Document, where: List, after: Node | None, node: Node, *, spaced: bool) -> Change:
    """Add an item to a list behind another; in front of all where that is None.

    Args:
        spaced: an empty line parts the items of this list.

    Raises:
        YamlError: an alias stands for the list, or its text cannot be extended.
    """
    sequence = where.sequence
    _check_free(document, sequence)
    apply: Callable[[Meanings], None] = partial(_add_item, sequence=sequence, after=after, node=node)
    if sequence.flow:
        return Change((_flow_item(document, sequence, after, node),), apply)
    style = style_of(document, where.key, sequence)
    at = column(document, dash(document, sequence.items[0]))
    lines = item_lines(node, at, style)
    if after is None:
        tail = [""] if spaced else []
        return Change((_lines(document, _head_end(document, where), [*lines, *tail]),), apply)
    lead = [""] if spaced else []
    return Change((_lines(document, content_end(document, after), [*lead, *lines], deeper_than=at),), apply)


def _add_item(meanings: Meanings, sequence: Sequence, after: Node | None, node: Node) -> None:
    meanings.add_item(sequence, after, node)


def _head_end(document: Document, where: List) -> int:
    """Behind the colon, and the anchor, of a list's key.

    Raises:
        YamlError: more than that stands in front of the first item.
    """
    head = re.compile(r" *:(?: +&[^\s]+)?").match(document.text, where.key.end)
    first = dash(document, where.sequence.items[0])
    if head is None or where.sequence.tag or "\n" not in document.text[head.end() : first]:
        raise refused(document, where.key.start, f"{where.key.value} has no line of its own", _BY_HAND)
    return head.end()


def _flow_item(document: Document, sequence: Sequence, after: Node | None, node: Node) -> Edit:
    new = flow_text(node)
    if after is not None:
        end = content_end(document, after)
        return Edit(end, end, f", {new}")
    start = document.text.index("[", sequence.start) + 1
    return Edit(start, start, f"{new}, " if sequence.items else new)


def is_spaced(document: Document, sequence: Sequence) -> bool:
    """True where an empty line stands in front of the last item of a list, as between all others."""
    if sequence.flow or len(sequence.items) < 2:
        return False
    end = content_end(document, sequence.items[-2])
    between = document.text[end : dash(document, sequence.items[-1])].replace("\r", "")
    return re.search(r"\n[ \t]*\n", between) is not None


def remove_items(document: Document, where: List, items: list[Node], *, refilled: bool = False) -> list[Change]:
    """Take items out of a list; the key of a list in a block goes with the last one.

    Args:
        refilled: others are added at the same time, so that the key stays.

    Raises:
        YamlError: an alias stands for the list or one of the items.
    """
    sequence = where.sequence
    _check_free(document, sequence)
    for item in items:
        _check_unshared(document, item)
    if sequence.flow:
        return _flow_removed(document, sequence, items)
    if len(items) == len(sequence.items) and not refilled:
        return [remove_pair(document, where.owner, where.key.value)]
    return [_removal(sequence, item, _block_removed(document, item)) for item in items]


def _removal(sequence: Sequence, item: Node, edit: Edit) -> Change:
    return Change((edit,), lambda meanings: meanings.remove_item(sequence, item))


def _block_removed(document: Document, item: Node) -> Edit:
    at = dash(document, item)
    start = document.text.rfind("\n", 0, at) + 1
    if document.text[start:at].strip():
        raise refused(document, at, "the item shares its line with something else", _BY_HAND)
    return _without_lines(document, start, content_end(document, item), column(document, at))


def _flow_removed(document: Document, sequence: Sequence, items: list[Node]) -> list[Change]:
    """Each item goes with the comma behind it, or in front of it where one before it stays."""
    removed = []
    kept: Node | None = None
    gone = {id(item) for item in items}
    for before, item, behind in zip([None, *sequence.items], sequence.items, [*sequence.items[1:], None], strict=False):
        if id(item) not in gone:
            kept = item
            continue
        start = before.end if kept is not None and before is not None else item.start
        end = behind.start if kept is None and behind is not None else item.end
        if "#" in document.text[start : item.start] or "#" in document.text[item.end : end]:
            raise refused(document, item.start, "a comment stands between the items of this list", _BY_HAND)
        removed.append(_removal(sequence, item, Edit(start, end, "")))
    return removed


# --- anchors ---------------------------------------------------------------------------------------------------------


def _check_free(document: Document, node: Node) -> None:
    """Nothing that an alias stands for may change: it would change elsewhere, too."""
    if isinstance(node, Alias):
        raise refused(document, node.start, f"*{node.name} would have to change at its anchor", _ALIASED)
    for shared in document.shared:
        if shared.start <= node.start and content_end(document, node) <= content_end(document, shared):
            what = f"&{shared.anchor} would have to change, and an alias stands for it"
            raise refused(document, node.start, what, _ALIASED)


def _check_unshared(document: Document, node: Node) -> None:
    """Nothing that an alias stands for may go."""
    for shared in document.shared:
        if node.start <= shared.start < content_end(document, node):
            what = f"&{shared.anchor} would be taken away, and an alias stands for it"
            raise refused(document, shared.start, what, _ALIASED)
