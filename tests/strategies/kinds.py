"""Headers and definitions from their grammar (docs/teradata/ddl.md §2.1, spl.md §6.2), for the tests of any room.

A statement is made clause by clause, independently of the product's reader and writer, so that one clause can be
written otherwise and all else left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hypothesis import strategies as st

from tests.strategies.ddl import Tokens, literals, names, row, string, types, words

Sorts = Mapping[str, st.SearchStrategy[Tokens]]
"""Clauses by their names in the model."""

_PATHS = st.one_of(row(names()), row(names(), ".", names()))
_NUMBERS = st.integers(0, 99).map(str)
_STRINGS = st.text("aé' -;/*=", max_size=6).map(string)


class Form(NamedTuple):
    """How the statements of a kind are made.

    Attributes:
        head: the words in front of the name.
        named: the name; None where what follows is the name.
        opening: what stands behind the name and in front of the clauses.
        sorts: the clauses.
        between: what parts two clauses.
        in_order: the clauses have to stand in the order of ``sorts``.
        always: the clauses that have to be there.
        introduced: what stands in front of the first clause.
        ending: what stands behind the clauses.
    """

    head: str
    sorts: Sorts
    opening: st.SearchStrategy[Tokens] = st.just([])
    named: st.SearchStrategy[Tokens] = _PATHS
    between: str = ""
    in_order: bool = False
    always: tuple[str, ...] = ()
    introduced: str = ""
    ending: str = ""

    def __repr__(self) -> str:
        return f"<{self.head}>"


class Written(NamedTuple):
    """A statement in its parts.

    Attributes:
        form: how it is put together.
        start: up to the clauses.
        clauses: (name, tokens) in order.
    """

    form: Form
    start: Tokens
    clauses: tuple[tuple[str, Tokens], ...]

    @property
    def tokens(self) -> Tokens:
        """The whole statement."""
        found = list(self.start)
        for at, (_, tokens) in enumerate(self.clauses):
            found += tokens if at == 0 else [*self.form.between.split(), *tokens]
            if at == 0 and self.form.introduced:
                found[len(self.start) : len(self.start)] = self.form.introduced.split()
        return [*found, *self.form.ending.split()]


_TYPED = row(names(), types())
_ATTRIBUTES = words("", "NOT NULL", "DEFAULT 5", "DEFAULT 'x' TITLE 'a_b'", "FORMAT 'X(3)' NOT CASESPECIFIC")


def _several(one: st.SearchStrategy[Tokens], least: int = 0) -> st.SearchStrategy[Tokens]:
    return st.lists(one, min_size=least, max_size=3).map(_in_parentheses)


def _in_parentheses(items: list[Tokens]) -> Tokens:
    inner = [token for at, item in enumerate(items) for token in ([",", *item] if at else item)]
    return ["(", *inner, ")"]


_MACRO_PARAMETERS = _several(row(_TYPED, _ATTRIBUTES), 1)
_PROCEDURE_PARAMETERS = _several(row(words("", "IN", "OUT", "INOUT"), _TYPED))
_FUNCTION_PARAMETERS = _several(st.one_of(_TYPED, types()))

_EXTERNAL: Sorts = {
    "LANGUAGE": words("LANGUAGE C", "LANGUAGE CPP", "LANGUAGE JAVA"),
    "data access": words("NO SQL", "READS SQL DATA", "CONTAINS SQL"),
    "PARAMETER STYLE": words("PARAMETER STYLE SQL", "PARAMETER STYLE TD_GENERAL", "PARAMETER STYLE JAVA"),
    "USING GLOP SET": row("USING GLOP SET", _PATHS),
    "EXTERNAL NAME": row("EXTERNAL NAME", _STRINGS),
    "EXTERNAL SECURITY": st.one_of(words("EXTERNAL SECURITY INVOKER"), row("EXTERNAL SECURITY DEFINER", _PATHS)),
}
_ROUTINE: Sorts = {
    "RETURNS": row("RETURNS", types()),
    "SPECIFIC": row("SPECIFIC", names()),
    "determinism": words("DETERMINISTIC", "NOT DETERMINISTIC"),
    "null call": words("CALLED ON NULL INPUT", "RETURNS NULL ON NULL INPUT"),
    **_EXTERNAL,
}
_SQL_PROCEDURE: Sorts = {
    "DYNAMIC RESULT SETS": row("DYNAMIC RESULT SETS", _NUMBERS),
    "SQL SECURITY": row("SQL SECURITY", words("OWNER", "CREATOR", "DEFINER", "INVOKER")),
    "data access": words("MODIFIES SQL DATA", "READS SQL DATA", "CONTAINS SQL"),
}
_TRIGGER: Sorts = {
    "state": words("ENABLED", "DISABLED"),
    "timing": words("BEFORE", "AFTER"),
    "event": st.one_of(
        words("INSERT", "DELETE", "UPDATE"),
        row("UPDATE OF", names()),
        row("UPDATE OF (", names(), ",", names(), ")"),
    ),
    "ON": row("ON", _PATHS),
    "ORDER": row("ORDER", _NUMBERS),
    "REFERENCING OLD ROW": row("REFERENCING", words("OLD", "OLD AS", "OLD ROW AS"), names()),
    "FOR EACH": words("FOR EACH ROW", "FOR EACH STATEMENT"),
    "WHEN": row("WHEN (", names(), "=", literals(), ")"),
}

SOURCE_TEXTS: dict[str, Form] = {
    "macro": Form("CREATE MACRO", {}, opening=_MACRO_PARAMETERS, ending="AS ( SELECT 1 ; )"),
    "procedure": Form(
        "REPLACE PROCEDURE", _SQL_PROCEDURE, opening=_PROCEDURE_PARAMETERS, ending="BEGIN SET x = 1 ; END"
    ),
    "external procedure": Form(
        "CREATE PROCEDURE", _EXTERNAL, opening=_PROCEDURE_PARAMETERS, always=("LANGUAGE", "EXTERNAL NAME")
    ),
    "sql function": Form(
        "CREATE FUNCTION",
        {
            "RETURNS": row("RETURNS", types()),
            "LANGUAGE": words("LANGUAGE SQL"),
            "data access": words("CONTAINS SQL"),
            "determinism": words("DETERMINISTIC", "NOT DETERMINISTIC"),
            "SQL SECURITY": words("SQL SECURITY DEFINER"),
            "COLLATION": words("COLLATION INVOKER"),
            "INLINE TYPE": words("INLINE TYPE 1"),
            "RETURN": st.one_of(
                row("RETURN", names(), "+", _NUMBERS), row("RETURN CASE WHEN 1 = 1 THEN", literals(), "END")
            ),
        },
        opening=_FUNCTION_PARAMETERS,
        in_order=True,
        always=("RETURNS", "RETURN"),
    ),
    "function": Form(
        "CREATE FUNCTION",
        {**_ROUTINE, "CLASS": row("CLASS AGGREGATE (", _NUMBERS, ")"), "FOR": words("FOR COMPRESS", "FOR DECOMPRESS")},
        opening=_FUNCTION_PARAMETERS,
        always=("RETURNS",),
    ),
    "method": Form("CREATE CONSTRUCTOR METHOD", {**_ROUTINE, "FOR": row("FOR", _PATHS)}, opening=_FUNCTION_PARAMETERS),
    "trigger": Form(
        "CREATE TRIGGER", _TRIGGER, in_order=True, always=("timing", "event", "ON"), ending="( INSERT INTO x ( 1 ) ; )"
    ),
}
"""By what is made."""

_ROUTINES = st.one_of(
    row("SPECIFIC FUNCTION", _PATHS), row("METHOD", names(), "FOR", _PATHS), row("FUNCTION", _PATHS, "( INTEGER )")
)
_SIZES = st.one_of(_NUMBERS, words("10 * 1024", "60e6", "NULL"))

DEFINITIONS: dict[str, Form] = {
    "role": Form("CREATE EXTERNAL ROLE", {}, named=row(names())),
    "profile": Form(
        "CREATE PROFILE",
        {
            "ACCOUNT": st.one_of(row("ACCOUNT =", _STRINGS), row("ACCOUNT = (", _STRINGS, ",", _STRINGS, ")")),
            "DEFAULT DATABASE": row("DEFAULT DATABASE =", names()),
            "SPOOL": row("SPOOL =", _SIZES),
            "TEMPORARY": row("TEMPORARY =", _SIZES),
            "PASSWORD EXPIRE": row("PASSWORD = ( EXPIRE =", _NUMBERS, ")"),
            "QUERY_BAND": row("QUERY_BAND =", _STRINGS, words("", "( DEFAULT )", "( NOT DEFAULT )")),
            "COST PROFILE": row("COST PROFILE =", names()),
            "TRANSFORM": row("TRANSFORM ( DATE =", names(), ")"),
            "CONSTRAINT": row("CONSTRAINT =", names(), "(", names(), ")"),
            "DEFAULT MAP": row("DEFAULT MAP =", names(), words("", "OVERRIDE ON ERROR")),
        },
        named=row(names()),
        between=",",
        introduced="AS",
    ),
    "distinct type": Form(
        "CREATE TYPE", {"AS": types(), "finality": words("FINAL")}, in_order=True, always=("AS",), introduced="AS"
    ),
    "structured type": Form(
        "CREATE TYPE",
        {
            "attribute a1": row("( a1", types()),
            "attribute a2": row(", a2", types(), ")"),
            "instantiability": words("INSTANTIABLE", "NOT INSTANTIABLE"),
            "finality": words("FINAL", "NOT FINAL"),
            "INSTANCE METHOD m1": row("INSTANCE METHOD m1 (", types(), ") RETURNS", types()),
        },
        in_order=True,
        always=("attribute a1", "attribute a2"),
        introduced="AS",
    ),
    "array type": Form(
        "CREATE TYPE",
        {
            "AS": types(),
            "ARRAY": st.one_of(row("ARRAY [", _NUMBERS, "]"), row("ARRAY [ - 1 :", _NUMBERS, "] [ 3 ]")),
            "DEFAULT": words("DEFAULT NULL"),
        },
        in_order=True,
        always=("AS", "ARRAY"),
        introduced="AS",
    ),
    "varray type": Form(
        "CREATE TYPE",
        {"VARRAY": row("VARRAY (", _NUMBERS, ")"), "OF": row("OF", types()), "DEFAULT": words("DEFAULT NULL")},
        in_order=True,
        always=("VARRAY", "OF"),
        introduced="AS",
    ),
    "cast": Form(
        "REPLACE CAST",
        {"WITH": row("WITH", _ROUTINES), "AS ASSIGNMENT": words("AS ASSIGNMENT")},
        named=row("(", types(), "AS", types(), ")"),
        in_order=True,
        always=("WITH",),
    ),
    "ordering": Form(
        "CREATE ORDERING FOR",
        {"ORDER FULL BY MAP WITH": row("ORDER FULL BY MAP WITH", _ROUTINES)},
        always=("ORDER FULL BY MAP WITH",),
    ),
    "transform": Form(
        "CREATE TRANSFORM FOR",
        {"TO SQL WITH": row("TO SQL WITH", _ROUTINES), "FROM SQL WITH": row("FROM SQL WITH", _ROUTINES)},
        opening=row(names(), "("),
        between=",",
        ending=")",
    ),
    "authorization": Form(
        "CREATE AUTHORIZATION",
        {
            "AS": words("AS DEFINER TRUSTED", "AS INVOKER TRUSTED"),
            "USER": row("USER", _STRINGS),
            "PASSWORD": row("PASSWORD", _STRINGS),
        },
        in_order=True,
    ),
    "foreign server": Form(
        "CREATE FOREIGN SERVER",
        {
            "EXTERNAL SECURITY": row("EXTERNAL SECURITY", words("DEFINER TRUSTED", "INVOKER TRUSTED"), _PATHS),
            "USING HOSTTYPE": row("USING hosttype (", _STRINGS, ")"),
            "DO IMPORT WITH": row("DO IMPORT WITH", _PATHS),
            "DO IMPORT USING LINK": row("USING link (", literals(), ")"),
            "DO EXPORT WITH": row(", DO EXPORT WITH", _PATHS),
        },
        in_order=True,
        always=("DO IMPORT WITH",),
    ),
    "map": Form(
        "CREATE MAP",
        {"FROM": row("FROM", names()), "SPARSE AMPCOUNT": row("SPARSE AMPCOUNT =", _NUMBERS)},
        named=row(names()),
        in_order=True,
    ),
    "zone": Form("CREATE ZONE", {"ROOT": row("ROOT", names())}, named=row(names())),
    "constraint": Form(
        "CREATE CONSTRAINT",
        {
            "TYPE": words("SMALLINT", "BYTE ( 4 )"),
            "nullability": words("NULL", "NOT NULL"),
            "VALUES": row("VALUES", names(), ":", _NUMBERS, ",", names(), ":", _NUMBERS),
            "INSERT": row("INSERT", _PATHS),
            "SELECT": row("SELECT", _PATHS),
        },
        named=row(names()),
        between=",",
        in_order=True,
        always=("TYPE",),
    ),
    "glop set": Form("CREATE GLOP SET", {}),
    "schema": Form("CREATE AVRO SCHEMA", {"AS": row("AS", _STRINGS)}),
    "error table": Form(
        "CREATE ERROR TABLE", {"FOR": row("FOR", _PATHS), "NO RLS": words("NO RLS")}, in_order=True, always=("FOR",)
    ),
}
"""By what is made."""


_SPACE: Sorts = {
    "PERM": row(words("PERM =", "PERMANENT ="), words("60e6", "10 * 1024", "0", "5 BYTES")),
    "SPOOL": row("SPOOL =", _NUMBERS),
    "TEMPORARY": row("TEMPORARY =", _NUMBERS),
    "ACCOUNT": row("ACCOUNT =", _STRINGS),
    "fallback": words("FALLBACK", "NO FALLBACK", "FALLBACK PROTECTION"),
    "before journal": words("NO BEFORE JOURNAL", "DUAL BEFORE JOURNAL"),
    "after journal": words("NO AFTER JOURNAL", "NOT LOCAL AFTER JOURNAL"),
    "DEFAULT JOURNAL TABLE": row("DEFAULT JOURNAL TABLE =", _PATHS),
    "DEFAULT MAP": row("DEFAULT MAP =", names()),
}
DATABASES: dict[str, Form] = {
    "database": Form("CREATE DATABASE", _SPACE, named=row(names()), between=",", introduced="AS"),
    "user": Form(
        "CREATE USER",
        {
            **_SPACE,
            "PASSWORD": words("PASSWORD = p", "PASSWORD = ( EXPIRE = 0 )"),
            "STARTUP": row("STARTUP =", _STRINGS),
            "DEFAULT DATABASE": row("DEFAULT DATABASE =", names()),
            "DEFAULT ROLE": row("DEFAULT ROLE =", st.one_of(words("ALL", "NONE"), row(names()))),
            "PROFILE": row("PROFILE =", names()),
            "COLLATION": words("COLLATION = ASCII", "COLLATION = HOST"),
            "TIME ZONE": words("TIME ZONE = LOCAL", "TIME ZONE = - '05:00'", "TIME ZONE = NULL"),
            "DATEFORM": words("DATEFORM = ANSIDATE", "DATEFORM = INTEGERDATE"),
            "DEFAULT CHARACTER SET": words("DEFAULT CHARACTER SET LATIN", "DEFAULT CHARACTER SET UNICODE"),
            "EXPORTWIDTH": row("EXPORTWIDTH =", st.one_of(row(_STRINGS), words("DEFAULT"))),
            "TRANSFORM": row("TRANSFORM ( DATE =", names(), ")"),
            "DBA": words("DBA", "NOT DBA"),
            "CONSTRAINT": row("CONSTRAINT =", names(), "(", names(), ")"),
        },
        named=row(names()),
        between=",",
        introduced="AS",
    ),
}
"""By what is made; no clause of them is needed."""


@st.composite
def written(draw: st.DrawFn, form: Form) -> Written:
    """A statement of this form."""
    chosen = [name for name in form.sorts if name in form.always or draw(st.booleans())]
    if not form.in_order:
        chosen = draw(st.permutations(chosen))
    start = [*form.head.split(), *draw(form.named), *draw(form.opening)]
    return Written(form, start, tuple((name, draw(form.sorts[name])) for name in chosen))


@st.composite
def with_one_clause_changed(draw: st.DrawFn, form: Form) -> tuple[Written, Written, str]:
    """A statement, the same with one clause written otherwise, and the name of that clause."""
    before = draw(written(form).filter(lambda found: bool(found.clauses)))
    at = draw(st.integers(0, len(before.clauses) - 1))
    name, tokens = before.clauses[at]
    other = draw(form.sorts[name])
    clauses = (*before.clauses[:at], (name, other), *before.clauses[at + 1 :])
    return before, before._replace(clauses=clauses), name if other != tokens else ""
