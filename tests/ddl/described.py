"""What a model says: one line a part, only what differs from the defaults; for goldens that people read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from dbee_dbt.model.types import DataType


def described(found: Any) -> str:
    """One line a field of a struct, and one a struct in it."""
    return "\n".join(_lines(found))


def _lines(found: Struct) -> Iterator[str]:
    for name, value in _written(found):
        if (isinstance(value, tuple) and value and isinstance(value[0], Struct)) or isinstance(value, tuple):
            yield from (f"{name}: {_inline(item)}" for item in value)
        else:
            yield f"{name}: {_inline(value)}"


def _written(found: Struct) -> Iterator[tuple[str, Any]]:
    for field in fields(found):
        value = getattr(found, field.name)
        if value != field.default and field.name != "origin":
            yield field.name, value


def _inline(value: Any) -> str:
    if isinstance(value, DataType):
        return value.text
    if isinstance(value, Struct):
        parts = dict(_written(value))
        kind = [type(value).__name__] if type(value).__module__.endswith(("statements", "actions")) else []
        head = [
            str(parts.pop(name)) if name != "type" else parts.pop(name).text
            for name in ("name", "type")
            if name in parts
        ]
        return ", ".join([*kind, *head, *(f"{name} {_inline(item)}" for name, item in parts.items())])
    if isinstance(value, frozenset):
        return "(" + " | ".join(sorted(value)) + ")"
    if isinstance(value, tuple):
        return "(" + " | ".join(map(_inline, value)) + ")"
    return str(value)
