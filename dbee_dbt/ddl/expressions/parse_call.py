"""Function calls: tokens -> syntax, with the forms that have keywords inside."""

from __future__ import annotations

from collections.abc import Callable

from dbee_dbt.ddl.expressions import literals, parse_expression, parse_query
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.cursor import Cursor, unquoted
from dbee_dbt.ddl.expressions.problems import QueryError

# Words that stand for a value without parentheses (docs/teradata/typing.md §1).
BUILT_IN: frozenset[str] = frozenset(
    """USER DATABASE ACCOUNT ROLE PROFILE SESSION DATE TIME CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER
    CURRENT_ROLE""".split()
)

# Reserved words that begin a clause: a parenthesis behind one of them opens no argument list.
CLAUSES = frozenset(
    """SELECT SEL FROM WHERE GROUP HAVING QUALIFY ORDER BY ON AND OR NOT IN LIKE BETWEEN AS WHEN THEN ELSE CASE
    UNION INTERSECT EXCEPT MINUS ALL ANY SOME DISTINCT USING VALUES SET WITH JOIN OVER EXISTS""".split()
)


def is_function(c: Cursor) -> bool:
    """True if the word at the cursor, which a parenthesis follows, is a function and no column with a phrase."""
    word = c.word()
    if word in CLAUSES:
        return False
    c.index += 1
    phrase = literals.at_phrase(c, after_name=True)
    c.index -= 1
    if word in BUILT_IN:
        return not phrase and (word.startswith("CURRENT_") or word in ("USER", "DATABASE", "DATE"))
    return not phrase or word in _FORMS or not c.is_word_name(0)


def call(c: Cursor) -> s.Expression:
    """The call at the cursor."""
    token = c.next()
    return call_of(c, (unquoted(token),), token.start)


def call_of(c: Cursor, name: tuple[str, ...], at: int) -> s.Expression:
    """The call of a function whose name has been taken; the cursor stands at ``(``."""
    form = _FORMS.get(name[-1].upper()) if len(name) == 1 or name[0].upper() == "TD_SYSFNLIB" else None
    c.expect("(")
    distinct = c.accept("DISTINCT")
    if not distinct:
        c.accept("ALL")
    args, order = (form(c), ()) if form else arguments(c)
    nulls = _null_treatment(c)
    c.expect(")")
    nulls = nulls or _null_treatment(c)
    within = _within(c)
    over = _over(c) if c.accept("OVER") else None
    return s.Call(at=at, name=name, args=args, distinct=distinct, nulls=nulls, within=within, order=order, over=over)


def arguments(c: Cursor) -> tuple[tuple[s.Expression, ...], tuple[s.OrderItem, ...]]:
    """The arguments up to the closing parenthesis, and the keys of an ORDER BY behind them."""
    if c.word() == ")":
        return (), ()
    found = [_first_argument(c)]
    while c.accept(","):
        found.append(_argument(c))
    order = parse_query.order_items(c) if c.accept("ORDER", "BY") else ()
    return tuple(found), order


def _first_argument(c: Cursor) -> s.Expression:
    at = c.at
    if not parse_query.starts(c, 0):
        return _argument(c)
    inner = _argument(c) if c.word() == "(" else s.Subquery(at=at, query=parse_query.query(c))
    return s.Unbound(at=at, what="a subquery as the argument of a function", inner=(inner,))


def _argument(c: Cursor) -> s.Expression:
    """An expression; ``x AS name`` or ``x AS type`` and ``x DESC`` are read only."""
    at, unique = c.at, c.accept("UNIQUE")
    found = parse_expression.expression(c)
    if unique:
        return s.Unbound(at=at, what="UNIQUE inside a function", inner=(found,))
    if c.word() in ("IGNORE", "RESPECT") and c.word(1) == "NULLS" and c.word(2) == ",":
        c.index += 2
        return s.Unbound(at=at, what="NULLS before another argument", inner=(found,))
    if c.accept("RETURNING"):
        c.next()
        return s.Unbound(at=at, what="RETURNING inside a function", inner=(found,))
    if c.accept("AS"):
        literals.skip_type(c)
        return s.Unbound(at=at, what="AS inside a function", inner=(found,))
    if c.choose("ASC", "DESC"):
        return s.Unbound(at=at, what="a direction of sorting inside a function", inner=(found,))
    return found


def _null_treatment(c: Cursor) -> str:
    found = c.choose("IGNORE", "RESPECT")
    if found:
        c.expect("NULLS")
    return found


def _within(c: Cursor) -> tuple[s.OrderItem, ...]:
    if not c.accept("WITHIN", "GROUP"):
        return ()
    c.expect("(", "ORDER", "BY")
    found = parse_query.order_items(c)
    c.expect(")")
    return found


def _over(c: Cursor) -> s.Over:
    at = c.at
    if c.word() != "(":
        raise QueryError(3707, "'(' after 'OVER'.", at=at)
    c.expect("(")
    partition: list[s.Expression] = []
    if c.accept("PARTITION", "BY"):
        partition.append(parse_expression.expression(c))
        while c.accept(","):
            partition.append(parse_expression.expression(c))
    order = parse_query.order_items(c) if c.accept("ORDER", "BY") else ()
    reset = parse_expression.expression(c) if c.accept("RESET", "WHEN") else None
    if reset is None and c.accept("WITH", "TIES"):
        reset = s.Unbound(at=at, what="WITH TIES in OVER")
        c.next()
    frame = _frame(c)
    c.expect(")")
    return s.Over(at=at, partition=tuple(partition), order=order, frame=frame, reset=reset)


def _frame(c: Cursor) -> s.Frame | None:
    if not c.accept("ROWS"):
        return None
    if not c.accept("BETWEEN"):
        return s.Frame(_bound(c), "CURRENT ROW")
    start = _bound(c)
    c.expect("AND")
    return s.Frame(start, _bound(c))


def _bound(c: Cursor) -> str:
    if c.accept("CURRENT", "ROW"):
        return "CURRENT ROW"
    if c.token().kind != "number" and c.word() != "UNBOUNDED":
        raise c.expected("a row count")
    size = c.next().text.upper()
    side = c.choose("PRECEDING", "FOLLOWING")
    if not side:
        raise c.expected("'PRECEDING'")
    return f"{size} {side}"


# --- forms with keywords ---------------------------------------------------------------------------------------------


def _extract(c: Cursor) -> tuple[s.Expression, ...]:
    at = c.at
    field = c.choose(*literals.FIELDS, "TIMEZONE_HOUR", "TIMEZONE_MINUTE")
    if not field:
        raise c.expected("a field")
    c.expect("FROM")
    return (s.Word(at=at, text=field), parse_expression.expression(c))


def _substring(c: Cursor) -> tuple[s.Expression, ...]:
    """Only FROM … FOR has a meaning: the form with commas is SUBSTR's, and 3707 (docs/teradata/typing.md §9)."""
    source = parse_expression.expression(c)
    if c.word() == ",":
        problem = c.expected("'FROM'")
        more = _after_comma(c)
        return (s.Unbound(at=problem.at or 0, what=problem.names[0], inner=(source, *more), code=problem.code),)
    c.expect("FROM")
    start = parse_expression.expression(c)
    if c.accept("FOR"):
        return (source, start, parse_expression.expression(c))
    if c.word() == ",":
        problem = c.expected("')'")
        inner = (source, start, *_after_comma(c))
        return (s.Unbound(at=problem.at or 0, what=problem.names[0], inner=inner, code=problem.code),)
    return (source, start)


def _after_comma(c: Cursor) -> tuple[s.Expression, ...]:
    found = []
    while c.accept(","):
        found.append(parse_expression.expression(c))
    return tuple(found)


def _trim(c: Cursor) -> tuple[s.Expression, ...]:
    """``[BOTH|LEADING|TRAILING] [x] FROM s`` or ``s``: always (side, x or blank, s)."""
    at = c.at
    side = c.choose("BOTH", "LEADING", "TRAILING")
    blank = s.Text(at=at, value=" ")
    word = s.Word(at=at, text=side or "BOTH")
    if side and c.accept("FROM"):
        return (word, blank, parse_expression.expression(c))
    found = parse_expression.expression(c)
    if c.accept("FROM"):
        return (word, found, parse_expression.expression(c))
    if side:
        raise c.expected("'FROM'")
    return (word, blank, found)


def _position(c: Cursor) -> tuple[s.Expression, ...]:
    wanted = parse_expression.value(c)
    c.expect("IN")
    return (wanted, parse_expression.expression(c))


def _translate(c: Cursor) -> tuple[s.Expression, ...]:
    source = parse_expression.expression(c)
    c.expect("USING")
    word = s.Word(at=c.at, text=unquoted(c.next()).upper())
    if not c.accept("WITH", "ERROR"):
        return (source, word)
    return (s.Unbound(at=source.at, what="TRANSLATE … WITH ERROR", inner=(source,)), word)


def _with_keywords(c: Cursor) -> tuple[s.Expression, ...]:
    """Arguments with words of their own between them; only what stands in parentheses as a query is looked into."""
    at, depth = c.at, 0
    found: list[s.Expression] = []
    while depth or c.word() != ")":
        if c.done:
            raise c.expected("')'")
        inside = c.at
        query = parse_query.query_in_parentheses(c) if c.word() == "(" else None
        if query is not None:
            found.append(s.Subquery(at=inside, query=query))
            continue
        depth += (c.word() == "(") - (c.word() == ")")
        c.next()
    return (s.Unbound(at=at, what="arguments with words between them", inner=tuple(found)),)


_FORMS: dict[str, Callable[[Cursor], tuple[s.Expression, ...]]] = {
    "EXTRACT": _extract,
    "SUBSTRING": _substring,
    "TRIM": _trim,
    "POSITION": _position,
    "TRANSLATE": _translate,
    "TRANSLATE_CHK": _translate,
    **dict.fromkeys(("CASE_N", "RANGE_N", "XMLELEMENT", "XMLPARSE", "XMLPI", "XMLQUERY"), _with_keywords),
    **dict.fromkeys(("XMLSERIALIZE", "XMLTABLE", "XMLVALIDATE", "XMLEXISTS"), _with_keywords),
}
