"""The parts of an object (columns, indexes, parameters, clauses …): which belongs to which on the other side."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace

from dbee_dbt.ddl.alter_table.range_spans import joined_level
from dbee_dbt.model.clauses import Clause, Parameter
from dbee_dbt.model.facets import constraint_label, index_label
from dbee_dbt.model.names import fold, fold_code, identifier, qualified
from dbee_dbt.model.objects import Column, Constraint, SecondaryIndex
from dbee_dbt.model.table_parts import Level, levels

Part = TypeVar("Part")


class Pair(NamedTuple):
    """A part before and after; one of them is None where it was added or removed."""

    before: Any
    after: Any


def column_pairs(before: Sequence[Column], after: Sequence[Column]) -> list[Pair]:
    """Columns paired by name, without regard to case or position; of the rest, those that stand in the same place.

    A pair of two names is a column that was renamed, or one that took the place of another.
    """
    if len(before) == len(after) and all(map(same_name, before, after)):
        return list(map(Pair, before, after))
    pairs, gone, new = _pair(before, after, _column_key)
    places = {_column_key(column): place for columns in (before, after) for place, column in enumerate(columns)}
    replaced, left, right = _pair(gone, new, lambda column: places[_column_key(column)])
    return pairs + replaced + _unpaired(left, right)


def index_pairs(before: Sequence[SecondaryIndex], after: Sequence[SecondaryIndex]) -> list[Pair]:
    """Secondary indexes paired by their columns and ordering, then by their columns; the name may differ."""
    pairs, left, right = _pair(before, after, _index_key)
    more, left, right = _pair(left, right, _index_columns)
    return pairs + more + _unpaired(left, right)


def level_pairs(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Levels of partitioning in their order; none where the kinds differ, which is a matter of the whole table."""
    left, right = levels(tuple(before)), levels(tuple(after))
    if [level.kind for level in left] != [level.kind for level in right]:
        return []
    return [Pair(one, _as_written(one, other)) for one, other in zip(left, right, strict=True)]


def _as_written(before: Level, after: Level) -> Level:
    """The level after; with the words of the one before where both make the same partitions."""
    left, right = before.definition, after.definition
    if left == right or fold_code(joined_level(left)) != fold_code(joined_level(right)):
        return after
    return replace(after, definition=left)


def constraint_pairs(before: Sequence[Constraint], after: Sequence[Constraint]) -> list[Pair]:
    """Constraints paired by name; those left over by what they say, since a name may be given or taken."""
    pairs, left, right = _pair(before, after, _constraint_key)
    more, left, right = _pair(left, right, _constraint_meaning)
    return pairs + more + _unpaired(left, right)


def parameter_pairs(before: Sequence[Parameter], after: Sequence[Parameter]) -> list[Pair]:
    """Parameters paired by name; those that have none, by their places."""
    places = {id(found): place for side in (before, after) for place, found in enumerate(side)}
    pairs, left, right = _pair(before, after, lambda found: fold(found.name) or places[id(found)])
    return pairs + _unpaired(left, right)


def clause_pairs(before: Sequence[Clause], after: Sequence[Clause]) -> list[Pair]:
    """Clauses paired by name; of several that share one, those that say the same first."""
    pairs, left, right = _pair(before, after, lambda clause: (fold(clause.name), fold_code(clause.value)))
    more, left, right = _pair(left, right, lambda clause: fold(clause.name))
    return pairs + more + _unpaired(left, right)


def same_name(before: Column, after: Column) -> bool:
    """True if two columns have one name."""
    return before.name == after.name or fold(before.name) == fold(after.name)


def _column_key(column: Column) -> str:
    return fold(column.name)


def _index_key(index: SecondaryIndex) -> str:
    return fold_code(index_label(index))


def _index_columns(index: SecondaryIndex) -> Hashable:
    return tuple(map(fold, index.columns))


def _constraint_key(constraint: Constraint) -> str:
    return fold_code(constraint_label(constraint))


def _constraint_meaning(constraint: Constraint) -> Hashable:
    """What a constraint says; of a reference only whereto it goes, since its parent's columns need not be written."""
    columns = tuple(map(fold, constraint.columns))
    columns = tuple(sorted(columns)) if constraint.kind == "foreign key" else columns
    parent = tuple(map(fold, constraint.parent or ()))
    return (constraint.kind, columns, fold_code(constraint.expression or ""), parent)


def _pair(
    before: Sequence[Part], after: Sequence[Part], key: Callable[[Part], Hashable]
) -> tuple[list[Pair], list[Part], list[Part]]:
    """Pairs with equal keys, in the order of ``after``; then what is left of each side. Equal keys pair in order."""
    waiting: dict[Hashable, list[Part]] = {}
    for part in before:
        waiting.setdefault(key(part), []).append(part)
    pairs: list[Pair] = []
    new: list[Part] = []
    for part in after:
        same = waiting.get(key(part))
        if same:
            pairs.append(Pair(same.pop(0), part))
        else:
            new.append(part)
    return pairs, [part for parts in waiting.values() for part in parts], new


def _unpaired(removed: Sequence[Any], added: Sequence[Any]) -> list[Pair]:
    return [Pair(part, None) for part in removed] + [Pair(None, part) for part in added]


def part_name(part: Any) -> str:
    """How a part is called in a report: a column's name, an index's columns, a constraint's name or meaning."""
    match part:
        case Column() | Parameter() | Clause():
            return part.name
        case Level():
            return str(part.number)
        case SecondaryIndex():
            return index_label(part)
        case Constraint():
            return constraint_label(part)
    return ""


def part_text(part: Column | SecondaryIndex | Constraint | Parameter | Clause) -> str:
    """A whole part in one line, as it would stand in DDL, for a part that was added or removed."""
    match part:
        case Column():
            words = [part.type.text if part.type else "", "NOT NULL" if part.nullable is False else ""]
            return " ".join(filter(None, words))
        case Parameter():
            return _parameter_text(part)
        case Clause():
            return part.value or part.name
        case SecondaryIndex():
            return _index_text(part)
        case Constraint():
            return _constraint_text(part)


def _parameter_text(parameter: Parameter) -> str:
    data_type = parameter.type.text if parameter.type is not None else ""
    default = f"DEFAULT {parameter.default}" if parameter.default is not None else ""
    return " ".join(filter(None, (parameter.mode, data_type, *parameter.attributes, default)))


def _index_text(index: SecondaryIndex) -> str:
    words = ["UNIQUE INDEX" if index.unique else "INDEX"]
    if index.name:
        words.append(identifier(index.name))
    if index.all_rows:
        words.append("ALL")
    words.append(index_label(index))
    if index.load_identity is not None:
        words.append("WITH LOAD IDENTITY" if index.load_identity else "WITH NO LOAD IDENTITY")
    return " ".join(words)


def _constraint_text(constraint: Constraint) -> str:
    name = f"CONSTRAINT {identifier(constraint.name)} " if constraint.name else ""
    if constraint.kind == "check":
        return f"{name}CHECK ({constraint.expression})"
    text = f"{name}{constraint.kind.upper()} {_names(constraint.columns)}"
    if constraint.parent is None:
        return text
    target = f"{text} REFERENCES {qualified(*constraint.parent)}"
    return f"{target} {_names(constraint.parent_columns)}" if constraint.parent_columns else target


def _names(columns: Sequence[str]) -> str:
    return "(" + ", ".join(map(identifier, columns)) + ")"
