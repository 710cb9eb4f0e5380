"""Facet values as people read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dbee_dbt.model.facet_meaning import Value
from dbee_dbt.model.names import fold_code, identifier, qualified

_WIDTH = 72  # characters of a value in one line of text; JSON has it whole
_LEAD = 24  # characters shown before the first difference of two long values


def value_text(facet: str, value: Value) -> str:
    """A facet's value in words.

    Args:
        facet: ``group.name``.
        value: as the facet table reads it.
    """
    if facet == "table.primary_index":
        return _primary_index(*value)
    if facet == "constraint.definition":
        return _constraint(value)
    return _plain(value)


def before_and_after(facet: str, before: Value, after: Value) -> tuple[str, str]:
    """Both values of a changed facet, each on one line; long ones cut to where they begin to differ."""
    if facet.endswith(".text"):
        return _around_difference(_one_line(before), _one_line(after), fold_code)
    return _around_difference(value_text(facet, before), value_text(facet, after))


def shown_value(facet: str, value: Value) -> Value:
    """A facet's value as a document may hold it: whole, with the secrets in source text masked."""
    if not facet.endswith(".text") or value is None:
        return value
    from dbee_dbt.ddl.secrets import mask

    return mask(value)


def _one_line(text: str) -> str:
    """Source text without secrets and without its verb, which is no difference."""
    from dbee_dbt.ddl.canonical import canonical
    from dbee_dbt.ddl.secrets import mask

    code = canonical(mask(text))
    verb, _, rest = code.partition(" ")
    return rest if verb.upper() in ("CREATE", "REPLACE") else code


def _plain(value: Value) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case ():
            return "none"
        case (only,):
            return _plain(only)
        case tuple():
            return "(" + ", ".join(map(_plain, value)) + ")"
        case float() if value.is_integer():
            return str(int(value))
    return str(value) or "''"


def _primary_index(form: str, unique: bool, columns: tuple[str, ...]) -> str:
    head = f"UNIQUE {form.upper()}" if unique else form.upper()
    return f"{head} {_names(columns)}" if columns else head


def _constraint(value: Value) -> str:
    match value:
        case (tuple() as columns, tuple() as parents, (str() as database, str() as name)):
            target = f"{_names(columns)} REFERENCES {qualified(database, name)}"
            return f"{target} {_names(parents)}" if parents else target
        case tuple():
            return _names(value)
    return _plain(value)


def _names(columns: tuple[Any, ...]) -> str:
    return "(" + ", ".join(identifier(str(column)) for column in columns) + ")"


def _around_difference(before: str, after: str, key: Callable[[str], str] = str) -> tuple[str, str]:
    if max(len(before), len(after)) <= _WIDTH:
        return before, after
    pairs = zip(key(before), key(after), strict=False)
    start = next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(before), len(after)))
    return _window(before, start - _LEAD), _window(after, start - _LEAD)


def _window(text: str, start: int) -> str:
    first = max(start, 0)
    head = "…" if first else ""
    tail = "…" if len(text) > first + _WIDTH else ""
    return head + text[first : first + _WIDTH] + tail
