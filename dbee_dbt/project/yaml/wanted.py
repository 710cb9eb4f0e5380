"""What generation would write, cut into entries as text: of thousands, only those that are looked at become trees.

Generated YAML has every scalar on one line and lists indented by two, which makes the cuts certain; a test holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from dbee_dbt.model.names import fold
from dbee_dbt.project.yaml.nodes import Mapping, Sequence, read, text_of, value

_MODELS, _SOURCES, _TABLES = "\nmodels:\n", "\nsources:\n", "\n    tables:\n"
_NAME = re.compile(r" *- name: ([A-Za-z_]\w*)\n(?! *identifier:)", re.ASCII)


class Wanted(Struct, frozen=True):
    """The entry of a model, table or column as it would be generated.

    Args:
        text: its lines.
        name: of the model, table or column.
        identifier: the table's name in the database, else the name.
        version: of the model, or ``""``.
        is_own: the columns are those of the model's own table or view, and not what would be generated.
    """

    text: str
    name: str
    identifier: str
    version: str = ""
    is_own: bool = False

    @property
    def node(self) -> Mapping:
        """The entry as a tree."""
        return _mapping(self.text)

    @property
    def generated_version(self) -> str:
        """The version that a generated model has, or ``""``."""
        found = re.search(r"^    versions:\n      - v: (\S+)$", self.text, re.MULTILINE)
        return found[1] if found else ""

    @property
    def parts(self) -> tuple[Mapping, list[Wanted]]:
        """The entry without its columns as a tree, and the columns."""
        keys = len(self.text) - len(self.text.lstrip(" ")) + 2
        mark = f"\n{' ' * keys}columns:\n"
        head, found, rest = self.text.partition(mark)
        if not found:
            return self.node, []
        behind = re.search(rf"^ {{0,{keys}}}[^\s]", rest, re.MULTILINE)
        end = behind.start() if behind else len(rest)
        return _mapping(f"{head}\n{rest[end:]}"), list(_entries(f"{mark}{rest[:end]}", mark, keys + 2))


class WantedSource(Struct, frozen=True):
    """A source as it would be generated: the entry without its tables, and those by folded name in the database."""

    head: str
    name: str
    schema: str
    tables: dict[str, Wanted]

    @property
    def node(self) -> Mapping:
        """The entry, without its tables, as a tree."""
        return _mapping(self.head)

    @property
    def whole(self) -> Mapping:
        """The entry with its tables as a tree."""
        return _mapping(f"{self.head}    tables:\n{''.join(table.text for table in self.tables.values())}")


class WantedFile(Struct, frozen=True):
    """A file as it would be generated.

    Args:
        path: where.
        text: the whole.
        models, sources: the entries in it.
        section: of the models: ``models``, ``seeds`` or ``snapshots``.
    """

    path: str
    text: str
    models: tuple[Wanted, ...]
    sources: tuple[WantedSource, ...]
    section: str = "models"

    def with_models(self, models: list[Wanted]) -> str:
        """The file with some of its models only."""
        section = f"\n{self.section}:\n"
        head = f"\n{self.text}".partition(section)[0] + section
        return head.removeprefix("\n") + "".join(model.text for model in models)


def wanted_file(path: str, text: str) -> WantedFile:
    """Cut a generated file into its entries."""
    marked = f"\n{text}"
    models = tuple(_entries(marked, _MODELS, 2))
    sources = tuple(_source(each) for each in _pieces(marked, _SOURCES, 2))
    return WantedFile(path, text, models, sources)


def _entries(text: str, head: str, indent: int) -> Iterator[Wanted]:
    for piece in _pieces(text, head, indent):
        plain = _NAME.match(piece)
        if plain:
            yield Wanted(piece, plain[1], plain[1])
            continue
        first = re.match(r".*\n(?: *(?:identifier:|quote:).*\n)*", piece)
        node = _mapping(first[0] if first else piece)
        name = text_of(value(node, "name")) or ""
        yield Wanted(piece, name, text_of(value(node, "identifier")) or name)


def _pieces(text: str, head: str, indent: int) -> Iterator[str]:
    """The items of the list under a head, each with all its lines."""
    _, found, rest = text.partition(head)
    dash = f"{' ' * indent}- "
    if found:
        for piece in f"\n{rest.rstrip()}".split(f"\n{dash}")[1:]:
            yield f"{dash}{piece}\n"


def _source(text: str) -> WantedSource:
    head, found, _ = text.partition(_TABLES)
    head = f"{head}\n" if found else text
    node = _mapping(head)
    name = text_of(value(node, "name")) or ""
    tables = {fold(table.identifier): table for table in _entries(text, _TABLES, 6)}
    return WantedSource(head, name, text_of(value(node, "schema")) or name, tables)


def _mapping(text: str) -> Mapping:
    """The one item of a list."""
    root = read(text, "").roots[0]
    assert isinstance(root, Sequence)
    item = root.items[0]
    assert isinstance(item, Mapping)
    return item
