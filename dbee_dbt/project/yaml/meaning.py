"""What a document means, as data that a change can be applied to, apart from its text.

Anchors and aliases are part of it: a text that means the same only because an alias was written out is another one.
"""

from __future__ import annotations

from typing import Any

from dbee_dbt.project.yaml.nodes import Alias, Document, Mapping, Node, Scalar, Sequence
from dbee_dbt.project.yaml.scalars import is_text

Meaning = list[Any]
"""``["map", properties, [[key, meaning], …]]``, ``["seq", properties, [meaning, …]]``, ``["*", name]`` or a scalar."""


class Meanings:
    """The meaning of a document, in which that of each node can be found and changed."""

    def __init__(self, document: Document) -> None:
        self._of: dict[int, Meaning] = {}
        self._inserted: dict[tuple[int, int], int] = {}
        self.roots = [self._made(root) for root in document.roots]

    def set_value(self, mapping: Mapping, key: str, node: Node) -> None:
        """Give a key another value."""
        pair = next(pair for pair in self._of[id(mapping)][2] if pair[0] == key)
        pair[1] = meaning(node)

    def add_pair(self, mapping: Mapping, after: str, key: str, node: Node) -> None:
        """Add a key behind another one."""
        pairs = self._of[id(mapping)][2]
        at = next(index for index, pair in enumerate(pairs) if pair[0] == after)
        pairs.insert(self._place(mapping, at), [key, meaning(node)])

    def add_item(self, sequence: Sequence, after: Node | None, node: Node) -> None:
        """Add an item behind another; in front of all where that is None."""
        items = self._of[id(sequence)][2]
        at = -1 if after is None else next(n for n, item in enumerate(items) if item is self._of[id(after)])
        items.insert(self._place(sequence, at), meaning(node))

    def remove_item(self, sequence: Sequence, item: Node) -> None:
        """Take an item away."""
        found = self._of[id(sequence)]
        found[2] = [one for one in found[2] if one is not self._of[id(item)]]

    def remove_pair(self, mapping: Mapping, key: str) -> None:
        """Take a key away."""
        found = self._of[id(mapping)]
        found[2] = [pair for pair in found[2] if pair[0] != key]

    def _place(self, owner: Node, at: int) -> int:
        """Behind ``at`` and behind what was put there before: what is added twice at one place stands in that order."""
        found = self._of[id(owner)][2]
        behind = found[at] if at >= 0 else found
        key = (id(owner), id(behind))
        self._inserted[key] = self._inserted.get(key, 0) + 1
        return at + self._inserted[key]

    def _made(self, node: Node) -> Meaning:
        found = meaning(node)
        self._remember(node, found)
        return found

    def _remember(self, node: Node, found: Meaning) -> None:
        self._of[id(node)] = found
        match node:
            case Mapping():
                for (_, value), pair in zip(node.pairs, found[2], strict=True):
                    self._remember(value, pair[1])
            case Sequence():
                for item, inner in zip(node.items, found[2], strict=True):
                    self._remember(item, inner)


def meaning(node: Node) -> Meaning:
    """What a node means."""
    match node:
        case Alias():
            return ["*", node.name]
        case Mapping():
            return ["map", _properties(node), [[key.value, meaning(value)] for key, value in node.pairs]]
        case Sequence():
            return ["seq", _properties(node), [meaning(item) for item in node.items]]
        case Scalar():
            text = node.style != "" or is_text(node.value)
            return ["text" if text else "plain", _properties(node), node.value]


def _properties(node: Scalar | Mapping | Sequence) -> tuple[str | None, str | None]:
    return node.anchor, node.tag
