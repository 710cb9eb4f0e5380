"""What is wanted against what is there, entry by entry: only what is missing or no longer true changes.

A user's descriptions, tests and all else stay. What the database no longer has is noted, and goes only on request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.model.names import fold
from dbee_dbt.project.yaml.edits import (
    Change,
    List,
    add_item,
    add_pair,
    is_spaced,
    new_list,
    remove_items,
    set_value,
)
from dbee_dbt.project.yaml.layout import is_written_as, refused, style_of
from dbee_dbt.project.yaml.nodes import (
    Alias,
    Document,
    Mapping,
    Node,
    Scalar,
    Sequence,
    own,
    resolved,
    text_of,
    value,
)
from dbee_dbt.project.yaml.wanted import Wanted

What = Literal[
    "source added",
    "table added",
    "model added",
    "column added",
    "type changed",
    "description filled",
    "facet changed",
    "no longer there",
    "removed",
    "kept",
]


class Policy(Struct, frozen=True):
    """What a merge may do.

    Args:
        agrees: True where a declared type says nothing else than the one wanted.
        prune: take away what the database no longer has.
    """

    agrees: Callable[[str, str], bool]
    prune: bool = False


class Note(Struct, frozen=True):
    """One thing that is done, or only said.

    Args:
        what: of which kind.
        subject: the column, table or model.
        line: where it stands in the file as it was, or None.
        why: more on it, or ``""``.
        line_after: where it stands in the file as it becomes, or None.
    """

    what: What
    subject: str
    line: int | None = None
    why: str = ""
    line_after: int | None = None


class Step(Struct, frozen=True):
    """A note, and the changes that make it true; none where it is only said."""

    note: Note
    changes: tuple[Change, ...] = ()


def relation_steps(document: Document, node: Node, wanted: Wanted, subject: str, policy: Policy) -> Iterator[Step]:
    """What becomes of the entry of a table or model: its description, facets and columns.

    Args:
        document: the file that the entry is in.
        node: the entry.
        wanted: the entry as it would be generated.
        subject: what messages call it.
        policy: what may be done.

    Raises:
        YamlError: it cannot be done without a guess; nothing of the entry should then be done.
    """
    if is_left_alone(node):
        return
    head, columns = wanted.parts
    yield from description_steps(document, node, head, subject, after="name")
    yield from _facet_steps(document, node, head, subject)
    yield from _column_steps(document, node, columns, subject, policy)


def is_left_alone(node: Node) -> bool:
    """True where the user says ``meta: {dbee: {sync: false}}``."""
    for meta in (value(value(node, "config"), "meta"), value(node, "meta")):
        said = text_of(value(value(meta, "dbee"), "sync"))
        if said is not None and said.lower() in ("false", "no", "off"):
            return True
    return False


# --- descriptions, types and facets ----------------------------------------------------------------------------------


def description_steps(document: Document, node: Node, wanted: Mapping, subject: str, *, after: str) -> Iterator[Step]:
    """An empty description is filled; one that says something stays."""
    new = resolved(value(wanted, "description"))
    if isinstance(new, Scalar) and not (text_of(value(node, "description")) or "").strip():
        note = Note("description filled", subject, document.line(node.start))
        yield _set(document, node, ("description", new), note, after)


def _set(document: Document, node: Node, pair: tuple[str, Scalar | Sequence], note: Note, after: str = "") -> Step:
    """A key gets a value; it is added behind another where the mapping itself does not have it."""
    mapping = own_mapping(document, node)
    if own(mapping, pair[0]) is not None:
        return Step(note, (set_value(document, mapping, *pair),))
    return Step(note, (add_pair(document, mapping, after, pair, style_of(document)),))


def own_mapping(document: Document, node: Node) -> Mapping:
    """The entry itself.

    Raises:
        YamlError: an alias stands in its place.
    """
    if isinstance(node, Mapping):
        return node
    name = f"*{node.name}" if isinstance(node, Alias) else "the entry"
    raise refused(
        document,
        node.start,
        f"{name} would have to change at its anchor",
        "Write the entry out where the alias stands.",
    )


def _facet_steps(document: Document, node: Node, wanted: Mapping, subject: str) -> Iterator[Step]:
    """Facets that are declared follow the database; one that is not declared is not asked for."""
    new = resolved(_facets(value(wanted, "config")))
    if not isinstance(new, Mapping):
        return
    for holder in (value(node, "config"), node):
        facets = _facets(holder)
        for name, facet in new.pairs:
            old = own(resolved(facets), name.value)
            if old is not None and isinstance(facet, Scalar | Sequence) and _said(old) != _said(facet):
                assert facets is not None
                note = Note("facet changed", f"{subject}: {name.value}", document.line(old.start))
                yield _set(document, facets, (name.value, facet), note)


def _facets(holder: Node | None) -> Node | None:
    return value(value(value(holder, "meta"), "dbee"), "facets")


def _said(node: Node) -> object:
    """A facet's text as it compares: without case, and with single blanks."""
    found = resolved(node)
    match found:
        case Scalar():
            return " ".join(fold(found.value).split())
        case Sequence():
            return [_said(item) for item in found.items]
    return None


def _type_steps(document: Document, node: Node, wanted: Node, subject: str, policy: Policy) -> Iterator[Step]:
    new, old = resolved(value(wanted, "data_type")), text_of(value(node, "data_type"))
    if not isinstance(new, Scalar):
        return
    if old is not None and ("{{" in old or "{%" in old):
        yield Step(Note("kept", subject, document.line(node.start), "its data_type is written with Jinja"))
    elif old is None or not policy.agrees(old, new.value):
        after = "quote" if own(node, "quote") is not None else "name"
        why = f"{old} -> {new.value}" if old else new.value
        note = Note("type changed", subject, document.line(node.start), why)
        yield _set(document, node, ("data_type", new), note, after)


# --- columns ---------------------------------------------------------------------------------------------------------


def _column_steps(document: Document, node: Node, wanted: list[Wanted], subject: str, policy: Policy) -> Iterator[Step]:
    """The columns of an entry: missing ones come behind the one before them, types follow, the rest stays."""
    if not wanted:
        return
    old = resolved(value(node, "columns"))
    if not isinstance(old, Sequence) or not old.items:
        yield from _first_columns(document, node, [column.node for column in wanted], subject)
        return
    there = named_columns(document, old, subject)
    before: Node | None = None
    for column in wanted:
        found = there.pop(fold(column.name), None)
        if found is None:
            yield _added(document, node, before, column.node, f"{subject}.{column.name}")
            continue
        before = found
        if not is_written_as(document, found, column.text):
            yield from same_column(document, found, column.node, f"{subject}.{column.name}", policy)
    gone = [(f"{subject}.{text_of(value(each, 'name'))}", each) for each in there.values()]
    yield from gone_steps(document, node, "columns", gone, policy, refilled=True)


def _is_in_line(node: Node, wanted: Mapping) -> bool:
    """True where a column certainly needs nothing; of most columns, one look at each key tells."""
    if not isinstance(node, Mapping):
        return False
    new = {key.value: found for key, found in wanted.pairs}
    old = {key.value: found for key, found in node.pairs}
    declares = "config" in new and ("config" in old or "meta" in old)
    if declares and ("meta" in old or not _is_same(old["config"], new["config"])):
        return False
    return all(
        key not in new or _has(old.get(key), new[key] if key == "data_type" else None)
        for key in ("data_type", "description")
    )


def _is_same(old: Node, new: Node) -> bool:
    match old, new:
        case Scalar(), Scalar():
            return old.value == new.value
        case Mapping(), Mapping():
            pairs = zip(old.pairs, new.pairs, strict=False)
            same = len(old.pairs) == len(new.pairs)
            return same and all(a[0].value == b[0].value and _is_same(a[1], b[1]) for a, b in pairs)
    return False


def _has(old: Node | None, new: Node | None) -> bool:
    """True for a text that says something; where another is given, the same as that."""
    if not isinstance(old, Scalar):
        return False
    if isinstance(new, Scalar):
        return old.value == new.value
    return not old.is_null and not old.value.isspace() and old.value != ""


def same_column(document: Document, node: Node, wanted: Mapping, subject: str, policy: Policy) -> Iterator[Step]:
    """What becomes of a column that is there: its type, description and facets.

    Raises:
        YamlError: it cannot be done without a guess.
    """
    if _is_in_line(node, wanted) or is_left_alone(node):
        return
    yield from _type_steps(document, node, wanted, subject, policy)
    behind = next((key for key in ("data_type", "quote") if own(node, key) is not None), "name")
    yield from description_steps(document, node, wanted, subject, after=behind)
    yield from _facet_steps(document, node, wanted, subject)


def _first_columns(document: Document, node: Node, new: list[Mapping], subject: str) -> Iterator[Step]:
    columns = Sequence(0, 0, [in_words_of(document, column) for column in new], False)
    change = new_list(document, own_mapping(document, node), "columns", columns)
    yield from noted([Note("column added", f"{subject}.{text_of(value(column, 'name'))}") for column in new], (change,))


def _added(document: Document, node: Node, before: Node | None, column: Mapping, subject: str) -> Step:
    where = list_of(document, node, "columns")
    spaced = is_spaced(document, where.sequence)
    change = add_item(document, where, before, in_words_of(document, column), spaced=spaced)
    return Step(Note("column added", subject, document.line((before or where.sequence).start)), (change,))


def named_columns(document: Document, columns: Sequence, subject: str) -> dict[str, Node]:
    """The columns of a list by folded name; what includes those of the model in a version has none.

    Raises:
        YamlError: a name is missing, written with Jinja, or stands twice.
    """
    found: dict[str, Node] = {}
    for item in columns.items:
        name = text_of(value(item, "name"))
        if name is None and value(item, "include") is not None:
            continue
        if name is None or "{{" in name:
            what = f"a column of {subject} has no name that can be read, so that nobody knows which are missing"
            raise refused(document, item.start, what, "Write the column's name as a text.")
        if fold(name) in found:
            raise refused(document, item.start, f"{subject} has the column {name} twice", "Keep one of the two.")
        found[fold(name)] = item
    return found


def list_of(document: Document, node: Node, key: str) -> List:
    """The list under a key of an entry.

    Raises:
        YamlError: an alias or a merge key brings it.
    """
    mapping = own_mapping(document, node)
    for name, found in mapping.pairs:
        if name.value == key and isinstance(found, Sequence):
            return List(mapping, name, found)
    what = f"{key} stands at an anchor, and would have to change there"
    raise refused(document, (own(mapping, key) or node).start, what, "Write the list out in the entry.")


def gone_steps(
    document: Document, node: Node, key: str, gone: list[tuple[str, Node]], policy: Policy, *, refilled: bool = False
) -> Iterator[Step]:
    """What the database no longer has: said, and taken away where that is asked for.

    Args:
        document: the file.
        node: the entry.
        key: of the list in it.
        gone: items of the list, each with what messages call it.
        policy: what may be done.
        refilled: others are added to the list, where all of it is gone.
    """
    what: What = "removed" if policy.prune else "no longer there"
    notes = [Note(what, name, document.line(item.start)) for name, item in gone]
    changes: tuple[Change, ...] = ()
    items = [item for _, item in gone]
    if gone and policy.prune:
        changes = tuple(remove_items(document, list_of(document, node, key), items, refilled=refilled))
    yield from noted(notes, changes)


def noted(notes: list[Note], changes: tuple[Change, ...]) -> Iterator[Step]:
    """Changes that make several notes true at once."""
    for index, note in enumerate(notes):
        yield Step(note, () if index else changes)


def in_words_of(document: Document, entry: Node) -> Node:
    """A new entry that says ``tests`` where the file says so, and not ``data_tests``."""
    if "tests:" not in document.text or "data_tests" in document.text:
        return entry
    match entry:
        case Mapping():
            pairs = [(_in_words_of(key), in_words_of(document, node)) for key, node in entry.pairs]
            return replace(entry, pairs=pairs)
        case Sequence():
            return replace(entry, items=[in_words_of(document, item) for item in entry.items])
    return entry


def _in_words_of(key: Scalar) -> Scalar:
    return replace(key, value="tests") if key.value == "data_tests" else key
