"""Objects that are their clauses as DDL. A secret is not in the model: it is written as a placeholder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dbee_dbt.ddl.clauses import OTHER
from dbee_dbt.ddl.profiles import PASSWORD
from dbee_dbt.ddl.secrets import SECRET_WORDS
from dbee_dbt.ddl.servers import EXPORT, IMPORT, PAIRS
from dbee_dbt.ddl.user_types import ATTRIBUTE
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.names import identifier, qualified
from dbee_dbt.model.objects import Definition

Clauses = tuple[Clause, ...]
_ANOTHER_LINE = "\n     "


def definition_ddl(found: Definition) -> str:
    """CREATE of an object that is its clauses, with its ``;``.

    Args:
        found: whose clauses are known.
    """
    write = _WRITERS.get(found.kind, _plain)
    return f"CREATE {write(found, found.clauses or ())};"


def _plain(found: Definition, clauses: Clauses) -> str:
    return _head(found) + _joined(clauses)


def _joined(clauses: Iterable[Clause]) -> str:
    """The clauses in a row; between two that are not known stands the comma that parts them."""
    text, before = "", ""
    for clause in clauses:
        text += f"{',' if before == clause.name == OTHER else ''} {_spaced(clause)}"
        before = clause.name
    return text


def _head(found: Definition) -> str:
    return f"{found.kind.upper()} {qualified(found.database, found.name)}"


def _spaced(clause: Clause) -> str:
    """The clause as it is written: its words and its value; a clause named by a noun is its value."""
    if clause.name == OTHER or clause.name in _NOUNS:
        return clause.value
    if clause.name in SECRET_WORDS and not clause.value:
        return f"{clause.name} {placeholder(clause.name)}"
    if clause.name in _ASSIGNED:
        return f"{clause.name} = {clause.value}"
    return f"{clause.name} {clause.value}".rstrip()


_ASSIGNED = frozenset({"SPARSE AMPCOUNT"})
_NOUNS = frozenset({"finality", "instantiability", "nullability", "STORAGE FORMAT", "TYPE"})


def placeholder(name: str) -> str:
    """What stands for a secret: ``'${PASSWORD}'``."""
    return f"'${{{name}}}'"


def _behind(word: str) -> Callable[[Definition, Clauses], str]:
    """What has the clause of this name in front of the words of its kind."""

    def write(found: Definition, clauses: Clauses) -> str:
        first = [clause for clause in clauses if clause.name == word]
        rest = [clause for clause in clauses if clause.name != word]
        return f"{_joined(first)} {_head(found)}{_joined(rest)}".lstrip()

    return write


def _profile(found: Definition, clauses: Clauses) -> str:
    return _head(found) + (" AS" + _ANOTHER_LINE + f",{_ANOTHER_LINE}".join(_options(clauses)) if clauses else "")


def _options(clauses: Clauses) -> Iterator[str]:
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


def _type(found: Definition, clauses: Clauses) -> str:
    attributes = [clause for clause in clauses if clause.name.startswith(ATTRIBUTE)]
    first = ""
    if attributes:
        inner = (f"      {each.name.removeprefix(ATTRIBUTE)} {each.value}" for each in attributes)
        first = f"{_ANOTHER_LINE}(\n" + ",\n".join(inner) + ")"
    rest = [clause for clause in clauses if clause not in attributes]
    methods = [clause for clause in rest if " METHOD " in clause.name]
    words = (_type_clause(clause) for clause in rest if clause not in methods)
    head = " ".join((f"{_head(found)} AS{first}", *words))
    return head + "".join(f"{',' if at else ''}{_ANOTHER_LINE}{_spaced(each)}" for at, each in enumerate(methods))


def _type_clause(clause: Clause) -> str:
    if clause.name == "AS":
        return clause.value
    return f"{clause.name}{clause.value}" if clause.name == "ARRAY" else _spaced(clause)


def _cast(found: Definition, clauses: Clauses) -> str:
    return f"CAST ({found.name}){_joined(clauses)}"


def _ordering(found: Definition, clauses: Clauses) -> str:
    return f"ORDERING FOR {qualified(found.database, found.name)}{_joined(clauses)}"


def _transform(found: Definition, clauses: Clauses) -> str:
    values = {clause.name: clause.value for clause in clauses}
    routines = ", ".join(_spaced(clause) for clause in clauses if clause.name not in ("type", "group"))
    return f"TRANSFORM FOR {values['type']} {values['group']} ({routines})"


def _foreign_server(found: Definition, clauses: Clauses) -> str:
    return _head(found) + "".join(_ANOTHER_LINE + line for line in _server_lines(clauses))


def _server_lines(clauses: Iterable[Clause]) -> Iterator[str]:
    """Each clause on its line; the pairs of a USING together, exports behind a comma where imports stand before."""
    using, imports = "", False
    for clause in clauses:
        prefix = next((prefix for prefix in PAIRS if clause.name.startswith(prefix)), "")
        if prefix:
            yield f"{'' if prefix == using else 'USING '}{_pair(clause, prefix)}"
        else:
            yield f"{', ' if imports and clause.name in (IMPORT, EXPORT) else ''}{_spaced(clause)}"
        using = prefix
        imports |= clause.name in (IMPORT, EXPORT)


def _pair(clause: Clause, prefix: str) -> str:
    name = clause.name.removeprefix(prefix)
    return f"{name}({clause.value or placeholder(name)})"


def _constraint(found: Definition, clauses: Clauses) -> str:
    return f"CONSTRAINT {identifier(found.name)} " + ", ".join(map(_spaced, clauses))


_WRITERS: dict[str, Callable[[Definition, Clauses], str]] = {
    "role": _behind("EXTERNAL"),
    "schema": _behind("STORAGE FORMAT"),
    "profile": _profile,
    "type": _type,
    "cast": _cast,
    "ordering": _ordering,
    "transform": _transform,
    "foreign server": _foreign_server,
    "constraint": _constraint,
}
