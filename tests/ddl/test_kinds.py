"""Headers of source texts, and objects that are their clauses: cases in kinds.txt."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.ddl.code import body_source, with_header
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.statements import CreateCode, CreateDatabase, CreateDefinition
from dbee_dbt.ddl.write import object_ddl
from dbee_dbt.model.clauses import USER_OPTIONS, Clause, Parameter
from dbee_dbt.model.names import fold_code
from dbee_dbt.model.objects import CodeObject, Definition
from tests.ddl.golden import Case, cases
from tests.strategies.ddl import rendered
from tests.strategies.kinds import DATABASES, DEFINITIONS, SOURCE_TEXTS, Written, with_one_clause_changed, written

CASES = cases("kinds.txt", "=>")
TITLES = [case.title for case in CASES]


def values(found: CodeObject | Definition) -> dict[str, str]:
    """What each clause says, as it compares."""
    return {clause.name: fold_code(clause.value) for clause in found.clauses or ()}


def read(text: str) -> CodeObject | Definition:
    ast = read_statement(text, default_database="HOME")
    assert isinstance(ast, CreateCode | CreateDefinition)
    return ast.object if isinstance(ast, CreateCode) else ast.definition


def told(found: CodeObject | Definition) -> str:
    return "\n".join(_lines(found))


def _lines(found: CodeObject | Definition) -> Iterator[str]:
    yield f"{found.kind} {found.database}.{found.name}" if found.database else f"{found.kind} {found.name}"
    if isinstance(found, CodeObject):
        yield from map(_parameter, found.parameters or ())
    yield from map(_clause, found.clauses or ())
    body = body_source(found.kind, found.text or "") if isinstance(found, CodeObject) else ""
    if body is None:
        yield "no header"
    elif body:
        yield f"body: {body}"


def _parameter(parameter: Parameter) -> str:
    words = [parameter.mode, parameter.name, parameter.type.text if parameter.type else None]
    rest = [*parameter.attributes, *([f"DEFAULT {parameter.default}"] if parameter.default else [])]
    return "parameter " + ", ".join((" ".join(filter(None, words)), *rest))


def _clause(clause: Clause) -> str:
    return f"{clause.name}: {clause.value}".removesuffix(": ")


@pytest.mark.parametrize("case", CASES, ids=TITLES)
def test_a_statement_says(case: Case) -> None:
    text, expected = case.parts
    assert told(read(text)) == expected


@pytest.mark.parametrize("case", CASES, ids=TITLES)
def test_what_is_written_is_read_back(case: Case) -> None:
    found = read(case.parts[0])
    (written_,) = object_ddl(found)
    assert read(written_) == found
    assert "secret" not in f"{found}{written_}"


@pytest.mark.parametrize("case", CASES, ids=TITLES)
def test_the_text_alone_tells_the_header(case: Case) -> None:
    found = read(case.parts[0])
    if isinstance(found, CodeObject):
        bare = CodeObject(kind=found.kind, database=found.database, name=found.name, text=found.text)
        assert with_header(bare) == found


_FROM_THE_HEAD = ("method form", "EXTERNAL", "STORAGE FORMAT", "type", "group")
ALL = {**SOURCE_TEXTS, **DEFINITIONS}


@given(
    st.sampled_from(sorted(ALL))
    .flatmap(lambda kind: written(ALL[kind]))
    .flatmap(lambda w: st.tuples(st.just(w), rendered(w.tokens), rendered(w.tokens)))
)
def test_spacing_comments_and_case_do_not_matter(drawn: tuple[Written, str, str]) -> None:
    """Neither in what is read, nor does the writer lose anything of it."""
    made, one, other = drawn
    left, right = read(one), read(other)
    assert values(left) == values(right)
    assert [name for name in values(left) if name not in _FROM_THE_HEAD] == [name for name, _ in made.clauses]
    if isinstance(left, Definition):
        (text,) = object_ddl(left)
        assert read(text) == left


@given(st.sampled_from(sorted(ALL)).flatmap(lambda kind: with_one_clause_changed(ALL[kind])))
def test_one_clause_written_otherwise_comes_back_as_that_clause(drawn: tuple[Written, Written, str]) -> None:
    before, after, name = drawn
    left, right = read(" ".join(before.tokens)), read(" ".join(after.tokens))
    differing = {clause for clause in values(left) if values(left)[clause] != values(right)[clause]}
    assert differing <= {name}
    if isinstance(left, Definition):
        assert bool(differing) == (object_ddl(left) != object_ddl(right))


@given(
    st.sampled_from(sorted(DATABASES))
    .flatmap(lambda kind: written(DATABASES[kind]))
    .flatmap(lambda made: st.tuples(st.just(made), rendered(made.tokens), rendered(made.tokens)))
)
def test_databases_and_users_are_read_and_written_without_loss(drawn: tuple[Written, str, str]) -> None:
    made, one, other = drawn
    left, right = read_statement(one), read_statement(other)
    assert isinstance(left, CreateDatabase) and isinstance(right, CreateDatabase)
    assert left.database.clauses == right.database.clauses == ()
    read_twice = [
        [(option.name, fold_code(option.value)) for option in read.database.options] for read in (left, right)
    ]
    assert read_twice[0] == read_twice[1]
    assert [option.name for option in left.database.options] == [n for n, _ in made.clauses if n in USER_OPTIONS]
    (text,) = object_ddl(left.database)
    assert read_statement(text) == left
