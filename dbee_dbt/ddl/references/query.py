"""The names that queries, DML statements and expressions hold, by the parser and, where it gives up, by tokens."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from dbee_dbt.ddl.expressions import dml_syntax as d
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.parse import parse_expression_text, parse_statement
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.lexer import Token
from dbee_dbt.ddl.references.found import Mention, Walk
from dbee_dbt.ddl.references.tokens import read_tokens
from dbee_dbt.ddl.types import BUILT_IN_TYPES
from dbee_dbt.model.names import fold


class Hidden(NamedTuple):
    """Folded names that are no references where they stand.

    Args:
        tables: in FROM: names of WITH, volatile tables of the same body, transition tables of a trigger.
        rows: in front of a column: loop variables of SPL, rows of a trigger.
    """

    tables: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()


_PATH = fold("$PATH")
"""``$PATH.$var``: a part of the location of a foreign table (B035-1146 "$PATH Expression for External Data Access")."""
_Open = tuple[Any, frozenset[str], frozenset[str]]
"""A node that is still to be looked at, names of WITH that are no tables there, and names in front of columns."""


class Section(NamedTuple):
    """Tokens of a statement from one index to another, some cut out (``INTO v``)."""

    start: int
    stop: int
    cut: tuple[int, int] = (0, 0)


def read_query(walk: Walk, section: Section, hidden: Hidden) -> None:
    """Notes what a query or a DML statement names.

    Args:
        walk: the statement that holds it.
        section: its tokens.
        hidden: names that are none.
    """
    _read(walk, section, hidden, parse_statement, "a query")


def read_expression(walk: Walk, section: Section, hidden: Hidden) -> None:
    """Notes what an expression or a condition names; most name nothing, which is seen without a parser."""
    keys = walk.keys[section.start : section.stop]
    if "(" in keys or "." in keys:
        _read(walk, section, hidden, parse_expression_text, "an expression")


def read_rollback(walk: Walk, section: Section, hidden: Hidden) -> None:
    """Notes what stands behind ROLLBACK or ABORT: ``['message'] [FROM tables] [WHERE condition]``."""
    _read(walk, section, hidden, _parse_rollback, "a condition")


def _parse_rollback(text: str, tokens: Sequence[Token]) -> d.Statement:
    """As what it means: a query of whether there is such a row."""
    begin = tokens[0].start
    select = (Token("word", "SELECT", begin, begin, "SELECT"), Token("number", "1", begin, begin, "1"))
    return parse_statement(text, (*select, *tokens[tokens[0].kind == "string" :]))


def _read(walk: Walk, section: Section, hidden: Hidden, parse: Any, what: str) -> None:
    tokens = _parsable(walk, section)
    if not tokens:
        return
    try:
        node = parse("", tokens)
    except QueryError as error:
        reason = f"{what} is read by its tokens only: error {error.code} at"
        at = error.at
    except NotKnownError as known:
        reason = f"{what} is read by its tokens only: {known.what} at"
        at = known.at
    except RecursionError:
        reason, at = f"{what} is read by its tokens only: nested too deeply at", None
    else:
        _Nodes(walk, hidden).read(node)
        _locks(walk, section)
        return
    walk.cannot_read(f"{reason} {walk.place(tokens[0].start if at is None else at)}")
    read_tokens(walk, section.start, section.stop, section.cut, hidden.tables)
    _locks(walk, section)


def _parsable(walk: Walk, section: Section) -> list[Token]:
    """The tokens without what is cut out and without the colons of host variables."""
    found: list[Token] = []
    for index in range(section.start, section.stop):
        if section.cut[0] <= index < section.cut[1]:
            continue
        if walk.keys[index] == ":" and walk.is_name(index + 1):
            continue
        found.append(walk.tokens[index])
    return found


def _locks(walk: Walk, section: Section) -> None:
    """Notes the objects of LOCKING modifiers and the servers of ``table@server``, wherever they stand."""
    for at in range(section.start, section.stop):
        key = walk.keys[at]
        if key in ("LOCKING", "LOCK"):
            read_lock(walk, at)
        elif key == "@" and walk.is_name(at + 1):
            walk.add("uses", at + 1, "foreign server")


def read_lock(walk: Walk, at: int) -> None:
    """Notes the object of the LOCKING modifier at an index; ROW has none."""
    kind = walk.keys[at + 1]
    named = at + 2 if kind in ("TABLE", "VIEW", "DATABASE") and walk.keys[at + 2] not in ("FOR", "IN") else at + 1
    parts, behind = walk.path(named)
    if parts and walk.keys[behind] in ("FOR", "IN") and walk.keys[named] != "ROW":
        walk.add("locks", named, "database" if kind == "DATABASE" and named == at + 2 else "")


# --- by the parser ---------------------------------------------------------------------------------------------------


class _Nodes:
    """Walks over what the parser read."""

    def __init__(self, walk: Walk, hidden: Hidden) -> None:
        self._walk = walk
        self._hidden = hidden
        self._places = {token.start: index for index, token in enumerate(walk.tokens)}
        self._targets: tuple[s.TableName, ...] = ()

    def read(self, root: Any) -> None:
        """Notes every name of a statement or expression."""
        scope = self._hidden.rows
        if isinstance(root, (d.Insert, d.Update, d.Delete, d.Merge)):
            target = _target(root)
            self._targets = (root.table, target)
            self._note("writes", target)
            scope = scope | _names_of((root.table,))
            if isinstance(root, d.Update) and root.otherwise is not None:
                self._targets += (root.otherwise.table,)
                self._note("writes", root.otherwise.table)
        rest: list[_Open] = [(root, self._hidden.tables, scope)]
        while rest:
            node, commons, visible = rest.pop()
            if type(node) is tuple:
                rest += [(inner, commons, visible) for inner in node if type(inner) not in _LEAVES]
            else:
                self._node(node, commons, visible, rest)

    def _node(self, node: Any, commons: frozenset[str], visible: frozenset[str], rest: list[_Open]) -> None:
        match node:
            case s.Name():
                if len(node.parts) > 1:
                    self._qualifier(node.at, node.parts[:-1], commons, visible)
                return
            case s.TableName():
                self._table(node, commons)
                return
            case s.Call():
                self._call(node, visible)
            case s.Star():
                if node.parts:
                    self._qualifier(node.at, node.parts, commons, visible)
            case s.Cast() if node.type is not None and node.type.name == "UDT":
                self._cast(node)
            case s.New() if fold(node.type[-1]) != "VARIANT_TYPE":
                read_type_name(self._walk, self._places[node.at] + 1)
            case s.UnboundSource():
                visible = visible | _names_of(_inner_sources(node))
            case s.Select():
                visible = visible | _names_of(node.sources)
            case d.Update() | d.Delete():
                visible = visible | _names_of(node.sources)
            case d.Merge():
                visible = visible | _names_of((node.source,))
            case s.Query() if node.commons:
                commons = commons | {fold(common.name) for common in node.commons}
            case s.Common() if not node.recursive:
                commons = commons - {fold(node.name)}
        for field in _fields(node.__class__):
            inner = getattr(node, field)
            if type(inner) not in _LEAVES:
                rest.append((inner, commons, visible))

    def _table(self, node: s.TableName, commons: frozenset[str]) -> None:
        if any(node is target for target in self._targets):
            return
        if len(node.parts) > 1 or fold(node.parts[0]) not in commons:
            self._note("reads", node)

    def _note(self, how: str, node: s.TableName) -> None:
        first = self._places[node.at]
        if len(node.parts) > 1 or fold(node.parts[0]) not in self._hidden.tables:
            self._walk.mentions.append(Mention(how, node.parts, first, first + 2 * len(node.parts) - 2))

    def _call(self, node: s.Call, visible: frozenset[str]) -> None:
        first = self._places[node.at]
        parts = node.name[-2:]
        if len(parts) > 1 and fold(parts[0]) in visible:
            return  # a method of a column's type
        self._walk.mentions.append(Mention("calls", parts, first, first + 2 * len(node.name) - 2, "function"))

    def _qualifier(self, at: int, parts: tuple[str, ...], commons: frozenset[str], visible: frozenset[str]) -> None:
        """The table in front of a column: that of a FROM, or one that is joined because it is named here."""
        first = self._places[at]
        last = first + 2 * len(parts) - 2
        names = tuple(map(fold, parts[-2:]))
        if names == (_PATH,):
            return
        is_known = ".".join(names) in visible or (len(parts) == 1 and (names[0] in visible or names[0] in commons))
        if len(parts) > 1:
            self._walk.qualifiers.append(Mention("reads", parts[-2:], first, last))
        if not is_known:
            certain = len(parts) > 1
            self._walk.mentions.append(Mention("reads", parts[-2:], first, last, is_certain=certain))

    def _cast(self, node: s.Cast) -> None:
        """A user-defined type: its name stands behind AS, or alone in the parenthesis of a phrase."""
        opening = self._places[node.at] + (node.form != "phrase")
        closing = self._walk.closing(opening)
        at = opening + 1 if node.form == "phrase" else self._walk.find(("AS",), opening + 1, closing) + 1
        read_type_name(self._walk, at)


def read_type_name(walk: Walk, at: int) -> None:
    """Notes the user-defined type at an index; built-in ones are no references."""
    if walk.is_name(at) and (walk.keys[at] not in BUILT_IN_TYPES or walk.keys[at + 1] == "."):
        walk.add("uses type", at, "type")


def _names_of(sources: tuple[s.Source, ...]) -> frozenset[str]:
    """Folded names by which sources go: a correlation name, else ``NAME`` and ``DATABASE.NAME``."""
    found: set[str] = set()
    for source in sources:
        match source:
            case s.Join():
                found |= _names_of((source.left, source.right))
            case s.UnboundSource(alias=None):
                found |= _names_of(_inner_sources(source))
            case s.TableName(alias=None):
                found |= {fold(source.parts[-1]), ".".join(map(fold, source.parts[-2:]))}
            case _:
                alias = source.alias
                found.add(fold(alias) if alias else "")
    return frozenset(found)


def _inner_sources(node: s.UnboundSource) -> tuple[s.Source, ...]:
    """The inputs of a table operator, the table under PIVOT or under a temporal qualifier."""
    return tuple(part for part in node.inner if isinstance(part, (s.TableName, s.Derived, s.Join, s.UnboundSource)))


def _target(found: d.Insert | d.Update | d.Delete | d.Merge) -> s.TableName:
    """The table whose rows change; ``UPDATE a FROM t a`` names it by its correlation name."""
    sources = found.sources if isinstance(found, (d.Update, d.Delete)) else ()
    if len(found.table.parts) == 1:
        name = fold(found.table.parts[0])
        for table in _tables(sources):
            if fold(table.alias or table.parts[-1]) == name:
                return table
    return found.table


def _tables(sources: tuple[s.Source, ...]) -> Iterator[s.TableName]:
    for source in sources:
        if isinstance(source, s.TableName):
            yield source
        elif isinstance(source, s.Join):
            yield from _tables((source.left, source.right))


# Values in which no name stands that is looked for.
_LEAVES = frozenset(
    {str, int, bool, type(None), s.Number, s.Text, s.Hex, s.Moment, s.Span, s.Null, s.Word, s.Parameter}
)
_SCALARS = frozenset({"at", "parts", "name", "alias", "operator", "negated", "quoted", "type", "attributes", "form"})


@cache
def _fields(kind: Hashable) -> tuple[str, ...]:
    """The fields of a node that may hold nodes."""
    fields: tuple[str, ...] = kind.__struct_fields__  # type: ignore[attr-defined]
    return tuple(field for field in fields if field not in _SCALARS)
