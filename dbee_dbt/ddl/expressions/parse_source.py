"""What stands in FROM: tables, derived tables, joins, table functions and operators, PIVOT, tables of other servers."""

from __future__ import annotations

from dbee_dbt.ddl.expressions import literals, parse_call, parse_clause, parse_expression, parse_query
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.cursor import Cursor
from dbee_dbt.ddl.expressions.problems import NotKnownError

_Part = s.Expression | s.Source | s.Query | s.OrderItem
_MOST_JOINED = 200
_ROTATIONS = ("PIVOT", "UNPIVOT")


def source(c: Cursor) -> s.Source:
    """One entry of a FROM list, with the joins that hang on it."""
    left = _primary(c)
    for _ in range(_MOST_JOINED):
        kind = _join_kind(c)
        if not kind:
            return left
        left = _join(c, left, kind)
    raise NotKnownError(f"a join of more than {_MOST_JOINED} tables", c.at)


def sources(c: Cursor) -> tuple[s.Source, ...]:
    """The entries of a FROM list."""
    found = [source(c)]
    while c.accept(","):
        found.append(source(c))
    return tuple(found)


def _join(c: Cursor, left: s.Source, kind: str) -> s.Source:
    """A join whose words have been taken; ``a JOIN b JOIN c ON … ON …`` nests to the right."""
    at = c.tokens[c.index - 1].start
    right = _primary(c)
    if kind == "CROSS":
        return s.Join(at=at, kind=kind, left=left, right=right)
    c.enter()
    while c.word() != "ON" and (inner := _join_kind(c)):
        right = _join(c, right, inner)
    c.leave()
    c.expect("ON")
    return s.Join(at=at, kind=kind, left=left, right=right, condition=parse_expression.expression(c))


def _join_kind(c: Cursor) -> str:
    if c.accept("CROSS", "JOIN"):
        return "CROSS"
    if c.accept("JOIN") or c.accept("INNER", "JOIN"):
        return "INNER"
    for kind in ("LEFT", "RIGHT", "FULL"):
        if c.accept(kind, "OUTER", "JOIN") or c.accept(kind, "JOIN"):
            return kind
    if c.word() in ("NATURAL", "LATERAL"):
        raise c.expected("a join")
    return ""


def _primary(c: Cursor) -> s.Source:
    found = _table(c)
    while c.word() in _ROTATIONS and c.word(1) in ("(", "INCLUDE", "EXCLUDE"):
        found = _rotated(c, found)
    return found


def _table(c: Cursor) -> s.Source:
    if c.word() == "(":
        return _derived(c)
    if c.word() == "TABLE" and c.word(1) == "(":
        return _table_function(c)
    if c.word() == "FOREIGN" and c.word(1) == "TABLE":
        return _foreign_query(c)
    at, parts = c.at, c.qualified_name()
    server = c.accept("@")
    if server:
        c.name()
    if c.word() == "(":
        return _operator(c, at, parts)
    if server:
        return _of_server(c, at)
    found = s.TableName(at=at, parts=parts, alias=None)
    qualified = _as_of(c)
    found = s.TableName(at=at, parts=parts, alias=alias(c))
    qualified += _as_of(c)
    if not qualified:
        return found
    return s.UnboundSource(at=at, what=qualified[0].what, inner=(found, *qualified), alias=found.alias)


def _as_of(c: Cursor) -> tuple[s.Unbound, ...]:
    """Temporal qualifiers behind one table: Teradata's, or ``FOR SYSTEM_TIME AS OF …`` and kin of ANSI."""
    if found := parse_clause.temporal(c, "a temporal qualifier of a table"):
        return found
    at = c.at
    if c.word() != "FOR" or c.word(2) not in ("AS", "BETWEEN", "FROM", "CONTAINED"):
        return ()
    c.index += 2
    form = c.next().text.upper()
    c.choose("OF", "IN")
    parts = [parse_expression.value(c)]
    if form in ("BETWEEN", "FROM"):
        if not c.choose("AND", "TO"):
            raise c.expected("'AND'")
        parts.append(parse_expression.value(c))
    return (s.Unbound(at=at, what="a temporal qualifier of a table", inner=tuple(parts)),)


def merged(c: Cursor) -> s.Source:
    """What stands behind USING of MERGE: also ``VALUES (…) AS x (columns)``, or a query that has no name."""
    at = c.at
    if c.word() == "(":
        place, parameters = c.index, c.parameters
        query = parse_query.query_in_parentheses(c)
        if query is not None and c.word() == "ON":
            what = "MERGE … USING a query without a correlation name"
            return s.UnboundSource(at=at, what=what, inner=(query,))
        c.index, c.parameters = place, parameters
    if not c.accept("VALUES"):
        return source(c)
    c.expect("(")
    values, _ = parse_call.arguments(c)
    c.expect(")")
    return _made(c, at, "MERGE … USING VALUES", values)


def alias(c: Cursor) -> str | None:
    """A correlation name, if one stands here."""
    if c.word() == "AS" and c.word(1) == "OF":
        return None
    if c.accept("AS"):
        return c.name()
    return c.name() if c.at_name and not parse_query.at_clause(c) else None


def _derived(c: Cursor) -> s.Source:
    """``(query) AS x``, a join in parentheses, or files of an object store."""
    at = c.at
    if c.word(1) == "LOCATION" and c.word(2) == "=":
        literals.skip_parenthesis(c)
        return _made(c, at, "files of an object store", ())
    inner = parse_query.query_in_parentheses(c)
    if inner is None:
        return _nested(c)
    named = alias(c)
    if named is None:
        raise c.expected("a correlation name")
    columns = c.names() if c.word() == "(" else ()
    return s.Derived(at=at, query=inner, alias=named, columns=columns)


def _nested(c: Cursor) -> s.Source:
    c.enter()
    c.expect("(")
    found = source(c)
    c.expect(")")
    c.leave()
    return found


def _made(c: Cursor, at: int, what: str, parts: tuple[_Part, ...]) -> s.UnboundSource:
    """A source that is read only, with the correlation name and the columns that stand behind it."""
    named = alias(c)
    columns: tuple[str, ...] = ()
    if c.word() == "(":
        columns = _column_names(c)
    return s.UnboundSource(at=at, what=what, inner=parts, alias=named, columns=columns)


def _column_names(c: Cursor) -> tuple[str, ...]:
    """``(name [type], …)``."""
    c.expect("(")
    found = []
    while True:
        found.append(c.name())
        if c.word() not in (",", ")"):
            literals.skip_type(c)
        if not c.accept(","):
            break
    c.expect(")")
    return tuple(found)


# --- functions and operators -----------------------------------------------------------------------------------------


def _table_function(c: Cursor) -> s.Source:
    """``TABLE (f(…) [WITH ORDINALITY] [RETURNS …] [HASH BY …] [LOCAL ORDER BY …]) AS x (columns)``."""
    at = c.next().start
    c.expect("(")
    name_at, name = c.at, c.qualified_name()
    parts: list[_Part] = [parse_call.call_of(c, name, name_at)]
    c.accept("WITH", "ORDINALITY")
    if c.accept("RETURNS"):
        _returns(c)
    for clause in parse_clause.distribution(c):
        parts.append(clause)
    c.expect(")")
    return _made(c, at, "a table function", tuple(parts))


def _returns(c: Cursor) -> None:
    c.accept("TABLE")
    if c.word() == "(":
        literals.skip_parenthesis(c)
    else:
        c.qualified_name()


def _operator(c: Cursor, at: int, name: tuple[str, ...]) -> s.Source:
    """A table operator: ``f (ON … [USING a('x') …]) AS d``, or one with words of its own (``XMLTABLE``)."""
    parts: list[_Part] = []
    if c.word(1) not in ("ON", "USING"):
        parts.append(parse_call.call_of(c, name, at))
        return _made(c, at, f"the table operator {name[-1]}", tuple(parts))
    parts.append(s.Call(at=at, name=name))
    c.expect("(")
    while c.word() != ")":
        if c.done:
            raise c.expected("')'")
        parts += _input(c) if c.accept("ON") else _operator_clause(c)
    c.expect(")")
    return _made(c, at, f"the table operator {name[-1]}", tuple(parts))


def _input(c: Cursor) -> list[_Part]:
    """``table|(query) [AS name] [PARTITION BY …|HASH BY …|DIMENSION] [[LOCAL] ORDER BY …]`` behind ON."""
    at = c.at
    inner = parse_query.query_in_parentheses(c) if c.word() == "(" else None
    found: list[_Part]
    if inner is not None:
        found = [s.Derived(at=at, query=inner, alias=_input_name(c) or "")]
    else:
        nested = c.accept("(")
        at, parts = c.at, c.qualified_name()
        if nested:
            c.expect(")")
        found = [s.TableName(at=at, parts=parts, alias=_input_name(c))]
    return found + _arrangement(c)


def _arrangement(c: Cursor) -> list[_Part]:
    """How the rows of an input are spread over the AMPs, and in which order they come."""
    found: list[_Part] = []
    while True:
        if c.accept("DIMENSION") or c.accept("PARTITION", "BY", "ANY"):
            continue
        begins = (("PARTITION", "BY"), ("HASH", "BY"), ("LOCAL", "ORDER", "BY"), ("ORDER", "BY"))
        if not any(c.accept(*words) for words in begins):
            return found
        found += parse_query.order_items(c)


def _input_name(c: Cursor) -> str | None:
    if c.accept("AS"):
        return c.name()
    stops = ("PARTITION", "DIMENSION", "HASH", "LOCAL", "USING", "OUT", "RETURNS", "EXECUTE")
    return c.name() if c.at_name and c.word() not in stops and c.word(1) != "(" else None


def _operator_clause(c: Cursor) -> list[_Part]:
    """Any other clause: ``USING``, ``name(value, …)``, ``OUT TABLE name(table)``, ``RETURNS (…)``."""
    if c.word() != "(":
        c.next()
        return []
    inside = c.at
    query = parse_query.query_in_parentheses(c)
    if query is None:
        literals.skip_parenthesis(c)
        return []
    return [s.Subquery(at=inside, query=query)]


# --- tables of other servers -----------------------------------------------------------------------------------------


def _of_server(c: Cursor, at: int) -> s.Source:
    """``table@server``: no table of this system, so that no name of it is kept as one."""
    if c.accept("RETURNS"):
        literals.skip_parenthesis(c)
    return _made(c, at, "a table of another server", ())


def _foreign_query(c: Cursor) -> s.Source:
    """``FOREIGN TABLE (query)@server [EXPORT ((query) AS x, …)]``: only what is exported is of this system."""
    at = c.at
    c.expect("FOREIGN", "TABLE")
    literals.skip_parenthesis(c)
    c.expect("@")
    c.name()
    parts: list[_Part] = []
    if c.accept("EXPORT"):
        c.expect("(")
        parts += sources(c)
        c.expect(")")
    if c.accept("RETURNS"):
        literals.skip_parenthesis(c)
    return _made(c, at, "a table of another server", tuple(parts))


# --- PIVOT and UNPIVOT -----------------------------------------------------------------------------------------------


def _rotated(c: Cursor, found: s.Source) -> s.Source:
    """``t PIVOT (SUM(x) FOR m IN (…) [WITH SUM(*) AS y]) AS p`` and
    ``t UNPIVOT [INCLUDE NULLS] (x FOR m IN (a AS 'y', …)) AS u``."""
    at, what = c.at, c.words[c.index]
    c.next()
    if c.choose("INCLUDE", "EXCLUDE"):
        c.expect("NULLS")
    c.expect("(")
    parts: list[_Part] = [found, *_aliased(c)]
    c.expect("FOR")
    parts.append(parse_expression.primary(c))
    c.expect("IN")
    query = parse_query.query_in_parentheses(c)
    if query is not None:
        parts.append(query)
    else:
        c.expect("(")
        parts += _aliased(c)
        c.expect(")")
    if c.accept("WITH"):
        parts += _aliased(c)
    c.expect(")")
    if c.accept("WITH"):
        parts += _aliased(c)
    return _made(c, at, what, tuple(parts))


def _aliased(c: Cursor) -> list[s.Expression]:
    """Expressions with commas between them; each may have a name, or of UNPIVOT a literal, behind it."""
    found = []
    while True:
        found.append(parse_expression.expression(c))
        named = c.accept("AS")
        if c.token().kind in ("string", "number"):
            c.next()
        elif named or c.at_name:
            c.name()
        if not c.accept(","):
            return found
