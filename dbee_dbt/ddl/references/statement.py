"""What a statement refers to, with the place of each name; told from its tokens, whatever kind it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter

from dbee_dbt.ddl.lexer import tokenize
from dbee_dbt.ddl.references.definitions import read_definition
from dbee_dbt.ddl.references.found import Mention, Reference, References, Walk, shown_path
from dbee_dbt.ddl.references.functions import BUILT_IN_FUNCTIONS
from dbee_dbt.ddl.references.query import Hidden, Section, read_expression, read_lock, read_query, read_rollback
from dbee_dbt.ddl.references.tables import read_alterations
from dbee_dbt.ddl.script import Statement, split_script
from dbee_dbt.model.names import fold

_KINDS: tuple[tuple[str, ...], ...] = (
    ("FOREIGN", "TABLE"),
    ("FOREIGN", "SERVER"),
    ("ERROR", "TABLE"),
    ("JOIN", "INDEX"),
    ("HASH", "INDEX"),
    ("RECURSIVE", "VIEW"),
    ("GLOP", "SET"),
    ("EXTERNAL", "ROLE"),
    ("SPECIFIC", "FUNCTION"),
    *(
        (word,)
        for word in """TABLE VIEW MACRO PROCEDURE FUNCTION METHOD TRIGGER DATABASE USER ROLE PROFILE TYPE AUTHORIZATION
        MAP ZONE CONSTRAINT SCHEMA CAST ORDERING TRANSFORM COLUMN""".split()
    ),
)
_HEADER = frozenset("SET MULTISET VOLATILE GLOBAL TEMPORARY TRACE CONSTRUCTOR INSTANCE".split())
_NO_DATABASE = frozenset("database user role profile map zone constraint".split())
_LIBRARIES = {"type": "SYSUDTLIB", "foreign server": "TD_SERVER_DB"}
_STATISTICS = frozenset({"STATISTICS", "STATS", "STAT"})
_RIGHTS_WITHOUT_NAMES = frozenset("CONNECT LOGON MONITOR ZONE".split())


def references(statement: Statement | str, default_database: str = "", place: tuple[int, int] = (1, 1)) -> References:
    """What a statement refers to.

    Args:
        statement: a statement of a script, or the text of one.
        default_database: where unqualified names lie; ``""`` where that is not known.
        place: line and column of a text in its file; column 0 where it is not known.
    """
    if isinstance(statement, str):
        found = split_script(statement)
        if not found:
            return References()
        statement = found[0]
        line, column = place
    else:
        line, column = statement.line, statement.column
    return _references_of(statement, default_database, (statement.start, line, column))


def _references_of(statement: Statement, default_database: str, place: tuple[int, int, int]) -> References:
    walk = Walk(statement.text, statement.tokens, default_database, place)
    _read(walk, Section(0, walk.stop), Hidden())
    return _told(walk)


def expression_references(text: str, default_database: str = "") -> References:
    """What an expression or a condition refers to: of a CHECK, for instance."""
    walk = Walk(text, tokenize(text), default_database)
    read_expression(walk, Section(0, walk.stop), Hidden())
    return _told(walk)


def _read(walk: Walk, section: Section, hidden: Hidden) -> None:
    reader = _READERS.get(walk.keys[section.start])
    if reader is not None and section.start < section.stop:
        reader(walk, section, hidden)


# --- results ---------------------------------------------------------------------------------------------------------


def _told(walk: Walk) -> References:
    if not (walk.mentions or walk.subject or walk.reasons or walk.dynamic):
        return References()
    found = sorted(_references(walk, walk.mentions), key=attrgetter("start"))
    built_in = [one for one in found if _is_built_in(one)]
    return References(
        found=tuple(one for one in found if not _is_built_in(one)),
        subject=next(_references(walk, (walk.subject,) if walk.subject else ()), None),
        qualifiers=tuple(_references(walk, walk.qualifiers)),
        built_in=tuple(built_in),
        unread="; ".join(walk.reasons),
        dynamic=tuple(walk.dynamic),
    )


def _is_built_in(found: Reference) -> bool:
    return found.how == "calls" and not found.is_qualified and fold(found.path[1]) in BUILT_IN_FUNCTIONS


def _references(walk: Walk, mentions: Iterable[Mention]) -> Iterator[Reference]:
    for mention in dict.fromkeys(mentions):
        first, last = walk.tokens[mention.first], walk.tokens[mention.last]
        line, column = walk.position(first.start)
        start = first.start - walk.start
        database = _home(walk, mention)
        parts = mention.parts[-2:]
        yield Reference(
            how=mention.how,
            name=shown_path(database, parts) if fold(parts[0]) != "PUBLIC" else parts[0],
            path=(database, parts[0]) if len(parts) == 1 else (parts[0], parts[1]),
            kind=mention.kind,
            written=walk.text[start : last.end - walk.start],
            start=start,
            line=line,
            column=column,
            is_qualified=len(parts) > 1,
            is_certain=mention.is_certain and not _may_be_column(mention),
        )


def _may_be_column(mention: Mention) -> bool:
    """A call without a database: only a catalog tells whether the function is there."""
    return mention.how == "calls" and mention.kind == "function" and len(mention.parts) == 1


def _home(walk: Walk, mention: Mention) -> str:
    """The database of a name that is not qualified; of a call of a function only a catalog tells."""
    if mention.database is not None:
        return mention.database
    if mention.kind in _NO_DATABASE:
        return ""
    if mention.kind in _LIBRARIES:
        return _LIBRARIES[mention.kind]
    return "" if mention.kind == "function" and mention.how == "calls" else walk.database


# --- the first word --------------------------------------------------------------------------------------------------


def _kind(walk: Walk, at: int) -> tuple[str, int]:
    """The kind of object that words name, in lower case, and the index behind them."""
    for words in _KINDS:
        if tuple(walk.keys[at : at + len(words)]) == words:
            kind = " ".join(words).lower()
            return {"external role": "role", "specific function": "function"}.get(kind, kind), at + len(words)
    return "", at


def _subject(walk: Walk, section: Section, at: int, kind: str) -> int:
    """Notes the object that a statement is about: its subject, or what the body that holds it changes."""
    parts, behind = walk.path(at)
    if not parts:
        return at
    if section.start == walk.top:
        walk.subject = Mention("subject", parts[-2:], at, behind - 1, kind)
    else:
        walk.mentions.append(Mention("changes", parts[-2:], at, behind - 1, kind))
    return behind


def _create(walk: Walk, section: Section, hidden: Hidden) -> None:
    at = section.start + 1
    if walk.keys[at] == "OR":
        at += 2
    is_volatile = False
    while walk.keys[at] in _HEADER:
        is_volatile |= walk.keys[at] == "VOLATILE"
        at += 1
    if walk.keys[at] in ("INDEX", "UNIQUE"):
        _on(walk, section, hidden)
        return
    _define(walk, section, at, is_volatile, hidden)


def _define(walk: Walk, section: Section, at: int, is_volatile: bool, hidden: Hidden) -> None:
    kind, at = _kind(walk, at)
    if not kind:
        return
    behind = at
    if kind in ("ordering", "transform", "cast"):
        pass
    elif kind == "error table" and walk.keys[at] == "FOR":
        behind = at + 1
    elif is_volatile and section.start != walk.top:
        behind = walk.path(at)[1]
    else:
        behind = _subject(walk, section, at, kind.removeprefix("recursive "))
    read_definition(walk, kind, Section(behind, section.stop), hidden, _read)


def _abbreviated(walk: Walk, section: Section, hidden: Hidden) -> None:
    """CT, CV, CM."""
    kind = {"CT": "table", "CV": "view", "CM": "macro"}[walk.keys[section.start]]
    at = section.start + 1
    while walk.keys[at] in _HEADER:
        at += 1
    behind = _subject(walk, section, at, kind)
    read_definition(walk, kind, Section(behind, section.stop), hidden, _read)


def _on(walk: Walk, section: Section, hidden: Hidden) -> None:
    """CREATE INDEX, DROP INDEX, COLLECT and DROP STATISTICS: the table behind ON."""
    on = walk.find(("ON",), section.start, section.stop)
    at = on + 1
    if on == section.stop:  # the old form writes the table first
        at = section.start + 1
        while walk.keys[at] in ("SUMMARY", *_STATISTICS):
            at += 1
        if walk.keys[at] in ("COLUMN", "INDEX", "USING"):
            return
    behind = walk.add("on", at + (walk.keys[at] == "TEMPORARY"))
    if walk.keys[behind] == "FROM":
        walk.add("reads", behind + 1)


def _drop(walk: Walk, section: Section, hidden: Hidden) -> None:
    at = section.start + 1
    if walk.keys[at] in (*_STATISTICS, "INDEX", "UNIQUE"):
        _on(walk, section, hidden)
        return
    kind, at = _kind(walk, at + (walk.keys[at] == "TEMPORARY"))
    if kind == "error table" and walk.keys[at] == "FOR":
        walk.add("on", at + 1)
    elif kind:
        _subject(walk, section, at, kind)


def _rename(walk: Walk, section: Section, hidden: Hidden) -> None:
    kind, at = _kind(walk, section.start + 1)
    behind = _subject(walk, section, at, kind)
    to = walk.find(("TO", "AS"), behind, section.stop)
    old, (new, end) = walk.path(at)[0], walk.path(to + 1)
    if new:
        walk.mentions.append(Mention("to", new, to + 1, end - 1, kind, database=old[0] if len(old) > 1 else None))


def _alter(walk: Walk, section: Section, hidden: Hidden) -> None:
    kind, at = _kind(walk, section.start + 1)
    behind = _subject(walk, section, at, kind)
    if kind not in ("table", "foreign table"):
        return
    read_alterations(walk, behind, section.stop, hidden)


def _nontemporal(walk: Walk, section: Section, hidden: Hidden) -> None:
    if walk.keys[section.start + 1] == "ALTER":
        _within(walk, Section(section.start + 1, section.stop), hidden, section)
    else:
        _request(walk, section, hidden)


def _modify(walk: Walk, section: Section, hidden: Hidden) -> None:
    kind, at = _kind(walk, section.start + 1)
    behind = _subject(walk, section, at, kind)
    read_definition(walk, kind, Section(behind, section.stop), hidden, _read)


def _comment(walk: Walk, section: Section, hidden: Hidden) -> None:
    at = section.start + 1
    at += walk.keys[at] == "ON"
    kind, named = _kind(walk, at)
    if not walk.is_name(named) or walk.keys[named] in ("IS", "AS"):
        kind, named = "", at
    parts, _ = walk.path(named)
    is_column = (kind == "column" and len(parts) > 1) or len(parts) == 3
    parts = parts[:-1] if is_column else parts
    if parts:
        kind = "" if kind == "column" else kind
        walk.mentions.append(Mention("on", parts, named, named + 2 * len(parts) - 2, kind))


def _grant(walk: Walk, section: Section, hidden: Hidden) -> None:
    towards = "to" if walk.keys[section.start] == "GRANT" else "from"
    end = walk.find(("TO", "FROM"), section.start + 1, section.stop)
    on = walk.find(("ON",), section.start + 1, end)
    if on < end:
        kind, at = _kind(walk, on + 1)
        if not walk.is_name(at) or at == end:
            kind, at = "", on + 1
        _granted_on(walk, at, kind)
    elif walk.keys[section.start + 1] not in _RIGHTS_WITHOUT_NAMES:
        _names(walk, section.start + 1, end, "uses", "role")
    _names(walk, end + 1, section.stop, towards, "user")


def _granted_on(walk: Walk, at: int, kind: str) -> None:
    """One name alone may be a database or an object of the default one: only a catalog tells."""
    parts, behind = walk.path(at)
    if parts:
        walk.mentions.append(Mention("on", parts, at, behind - 1, kind or ("database" if len(parts) == 1 else "")))


def _names(walk: Walk, at: int, stop: int, how: str, kind: str) -> None:
    """Names with commas between them; ALL and ROLE may stand in front."""
    while at < stop:
        if walk.keys[at] in ("ALL", "ROLE") and walk.is_name(at + 1):
            at += 1
        at = walk.add(how, at, kind)
        if walk.keys[at] != ",":
            return
        at += 1


def _call(walk: Walk, section: Section, hidden: Hidden) -> None:
    kind = "procedure" if walk.keys[section.start] == "CALL" else "macro"
    behind = walk.add("calls", section.start + 1, kind)
    if walk.keys[behind] == "(":
        at = behind + 1
        closing = walk.closing(behind, section.stop)
        while at < closing:
            end = walk.find((",",), at, closing)
            value = walk.find(("=",), at, end)
            read_expression(walk, Section(value + 1 if kind == "macro" and value < end else at, end), hidden)
            at = end + 1


def _request(walk: Walk, section: Section, hidden: Hidden) -> None:
    read_query(walk, section, hidden)


def _locking(walk: Walk, section: Section, hidden: Hidden) -> None:
    """LOCKING in front of a query is read with it; in front of anything else, by itself."""
    at = section.start
    while walk.keys[at] in ("LOCKING", "LOCK"):
        start = at
        at = walk.find((*_READERS, "("), at + 1, section.stop)
        if walk.keys[at] in _QUERIES:
            read_query(walk, section, hidden)
            return
        read_lock(walk, start)
    _within(walk, Section(at, section.stop), hidden, section)


def _within(walk: Walk, inner: Section, hidden: Hidden, outer: Section) -> None:
    """A statement behind a modifier is what the whole one is about."""
    if outer.start == walk.top:
        walk.top = inner.start
    _read(walk, inner, hidden)


def _rollback(walk: Walk, section: Section, hidden: Hidden) -> None:
    is_work = walk.keys[section.start + 1] == "WORK"
    read_rollback(walk, Section(section.start + 1 + is_work, section.stop), hidden)


def _explain(walk: Walk, section: Section, hidden: Hidden) -> None:
    _within(walk, Section(section.start + 1, section.stop), hidden, section)


def _using(walk: Walk, section: Section, hidden: Hidden) -> None:
    """USING [ROW] (…) in front of a request."""
    opening = walk.find(("(",), section.start, section.stop)
    _within(walk, Section(walk.closing(opening, section.stop) + 1, section.stop), hidden, section)


def _delete(walk: Walk, section: Section, hidden: Hidden) -> None:
    kind, behind = walk.keys[section.start + 1], walk.keys[section.start + 3]
    if kind in ("DATABASE", "USER") and section.stop - section.start <= 4 and behind in ("ALL", "", ";"):
        _subject(walk, section, section.start + 2, kind.lower())
    else:
        read_query(walk, section, hidden)


def _show(walk: Walk, section: Section, hidden: Hidden) -> None:
    at = section.start + 1
    while walk.keys[at] in ("QUALIFIED", "IN", "XML", "TEMPORARY"):
        at += 1
    if walk.keys[at] in _QUERIES or walk.keys[at] in ("INSERT", "UPDATE", "MERGE", "LOCKING"):
        _within(walk, Section(at, section.stop), hidden, section)
        return
    kind, named = _kind(walk, at)
    if kind and walk.is_name(named):
        _subject(walk, section, named, kind)


def _database(walk: Walk, section: Section, hidden: Hidden) -> None:
    at = section.start + 1
    if walk.keys[section.start] == "SET":
        if walk.keys[at : at + 2] != ["SESSION", "DATABASE"]:
            return
        at += 2
    _subject(walk, section, at, "database")


_TEMPORAL = ("CURRENT", "SEQUENCED", "NONSEQUENCED", "VALIDTIME", "TRANSACTIONTIME")
_QUERIES = frozenset({"SELECT", "SEL", "WITH", "(", "INSERT", "INS", "UPDATE", "UPD", "DELETE", "DEL", "MERGE"})
_READERS: dict[str, Callable[[Walk, Section, Hidden], None]] = {
    "CREATE": _create,
    "REPLACE": _create,
    **dict.fromkeys(("CT", "CV", "CM"), _abbreviated),
    "DROP": _drop,
    "RENAME": _rename,
    "ALTER": _alter,
    "NONTEMPORAL": _nontemporal,
    "MODIFY": _modify,
    "COMMENT": _comment,
    **dict.fromkeys(("GRANT", "REVOKE"), _grant),
    "COLLECT": _on,
    **dict.fromkeys(("CALL", "EXEC", "EXECUTE"), _call),
    **dict.fromkeys((*_TEMPORAL, "SELECT", "SEL", "WITH", "(", "INSERT", "INS", "UPDATE", "UPD", "MERGE"), _request),
    **dict.fromkeys(("DELETE", "DEL"), _delete),
    **dict.fromkeys(("LOCKING", "LOCK"), _locking),
    **dict.fromkeys(("ABORT", "ROLLBACK"), _rollback),
    "EXPLAIN": _explain,
    "USING": _using,
    **dict.fromkeys(("SHOW", "HELP"), _show),
    **dict.fromkeys(("DATABASE", "SET"), _database),
}
