"""Objects that are their clauses as DDL."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dbee_dbt.ddl.clauses import OTHER
from dbee_dbt.ddl.profiles import PASSWORD
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.names import qualified
from dbee_dbt.model.objects import Definition


def definition_ddl(found: Definition) -> str:
    """CREATE of an object that is its clauses, with its ``;``.

    Args:
        found: whose clauses are known. A secret is not in the model: it is written as a placeholder.
    """
    write = _WRITERS.get(found.kind, _plain)
    return f"CREATE {write(found, found.clauses or ())};"


def _plain(found: Definition, clauses: tuple[Clause, ...]) -> str:
    return " ".join((_head(found), *map(_spaced, clauses)))


def _head(found: Definition) -> str:
    return f"{found.kind.upper()} {qualified(found.database, found.name)}"


def _spaced(clause: Clause) -> str:
    """The clause's words and its value."""
    return clause.value if clause.name == OTHER else f"{clause.name} {clause.value}".rstrip()


def _role(found: Definition, clauses: tuple[Clause, ...]) -> str:
    return " ".join((*map(_spaced, clauses), _head(found)))


def _profile(found: Definition, clauses: tuple[Clause, ...]) -> str:
    return _head(found) + (" AS\n     " + ",\n     ".join(_options(clauses)) if clauses else "")


def _options(clauses: tuple[Clause, ...]) -> Iterator[str]:
    """Options of a profile; the attributes of PASSWORD stand together."""
    prefix = f"{PASSWORD} "
    attributes = [clause for clause in clauses if clause.name.startswith(prefix)]
    for clause in clauses:
        if clause.name in (OTHER, "TRANSFORM"):
            yield _spaced(clause)
        elif clause not in attributes:
            yield f"{clause.name} = {clause.value}"
        elif clause is attributes[0]:
            inner = ", ".join(f"{each.name.removeprefix(prefix)} = {each.value}" for each in attributes)
            yield f"{PASSWORD} = ({inner})"


_WRITERS: dict[str, Callable[[Definition, tuple[Clause, ...]], str]] = {
    "role": _role,
    "profile": _profile,
}
