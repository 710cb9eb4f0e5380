"""ALTER TABLE on constraints."""

from __future__ import annotations

import msgspec

from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.statements import AddConstraint, DropConstraint
from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError, failure
from dbee_dbt.emulator.sql.references import check_as_child
from dbee_dbt.emulator.sql.target import Target
from dbee_dbt.emulator.statements.alter_draft import Draft
from dbee_dbt.emulator.statements.foreign_keys import check_parents
from dbee_dbt.emulator.statements.tables import check_table
from dbee_dbt.emulator.surroundings import foreign_keys, quoted, row_table
from dbee_dbt.model.names import fold, fold_code, qualified
from dbee_dbt.model.objects import Constraint


def add_constraint(draft: Draft, action: AddConstraint) -> None:
    """ADD, or MODIFY of a check: one by its name, the one without a name, or that of a column."""
    if action.column is not None:
        _modify_column_check(draft, action.column, action.constraint.expression or "")
        return
    if action.modify:
        _remove(draft, [_modified(draft, action.constraint)])
    add_checked(draft, action.constraint)


def _modified(draft: Draft, new: Constraint) -> Constraint:
    """The one check that MODIFY means."""
    checks = [one for one in draft.table.constraints if one.kind == "check"]
    meant = [one for one in checks if (one.name is None if new.name is None else _named(one, new.name))]
    if len(meant) != 1:
        raise EmulatorRefusal("the error number of Teradata for MODIFY of a check that is not there, or not alone")
    return meant[0]


def _modify_column_check(draft: Draft, name: str, condition: str) -> None:
    column = draft.table.columns[draft.required_place(name)]
    if not column.checks:
        raise EmulatorRefusal("the error number of Teradata for MODIFY of a check that is not there")
    check_rows(draft, condition)
    draft.change_column(column.name, checks=(condition,))


def add_checked(draft: Draft, constraint: Constraint) -> None:
    """Add a constraint that the table and its rows allow.

    Raises:
        TeradataError: 3810, 5323, 3706; 3977 a foreign key to what is not unique; 2803 rows that are not unique.
        EmulatorRefusal: rows that a new check or foreign key refuses; Teradata's number is not known here.
    """
    if constraint.parent is not None and not constraint.parent[0]:
        constraint = msgspec.structs.replace(constraint, parent=(draft.session.database, constraint.parent[1]))
    draft.change(constraints=(*draft.table.constraints, constraint))
    check_table(draft.table)
    check_parents(draft.session, draft.table, (constraint,))
    if not draft.session.surroundings.has_rows(draft.entry):
        return
    if constraint.kind in ("primary key", "unique"):
        _check_unique(draft, constraint)
    elif constraint.kind == "check":
        check_rows(draft, constraint.expression or "")
    elif constraint.kind == "foreign key":
        _check_references(draft)


def _check_unique(draft: Draft, constraint: Constraint) -> None:
    names = ", ".join(quoted(name) for name in constraint.columns)
    table = row_table(draft.entry, draft.table)
    sql = f"SELECT count(*) FROM (SELECT {names} FROM {table} GROUP BY {names} HAVING count(*) > 1)"
    (repeated,) = draft.session.surroundings.execute(sql).fetchone()
    if repeated:
        raise failure(2803, draft.name)


def check_rows(draft: Draft, condition: str) -> None:
    """Refuse a new check that stored rows violate.

    Raises:
        EmulatorRefusal: Teradata refuses too, with a number that is not known here.
    """
    if not draft.session.surroundings.has_rows(draft.entry):
        return
    where = qualified(draft.table.database, draft.table.name)
    query = f"SELECT 1 AS x FROM {where} WHERE NOT ({condition})"
    compiled = draft.session.surroundings.compile(query)
    if draft.session.surroundings.execute(compiled.sql).fetchone() is not None:
        raise EmulatorRefusal("the error number of Teradata for a new CHECK that stored rows violate")


def _check_references(draft: Draft) -> None:
    """A new foreign key that stored rows violate: Teradata puts them into an error table, which is not emulated."""
    surroundings = draft.session.surroundings
    relation = surroundings.relation_of(draft.entry)
    target = Target(surroundings, msgspec.structs.replace(relation, foreign_keys=foreign_keys(draft.table)))
    try:
        check_as_child(target, relation.source or "")
    except (TeradataError, QueryError, NotKnownError) as problem:
        raise EmulatorRefusal("a new foreign key that stored rows violate, or that cannot be checked") from problem


def drop_constraint(draft: Draft, action: DropConstraint) -> None:
    """DROP by name, or by what the constraint says."""
    if action.column is not None:
        column = draft.table.columns[draft.required_place(action.column)]
        if not column.checks:
            raise EmulatorRefusal("the error number of Teradata for dropping a constraint that is not there")
        draft.change_column(column.name, checks=())
        return
    if action.kind == "inconsistent references":
        raise EmulatorRefusal("ALTER TABLE … DROP INCONSISTENT REFERENCES")
    found = [constraint for constraint in draft.table.constraints if _meant(constraint, action)]
    if not found:
        raise EmulatorRefusal("the error number of Teradata for dropping a constraint that is not there")
    _remove(draft, found)


def _meant(constraint: Constraint, action: DropConstraint) -> bool:
    if action.name is not None:
        return _named(constraint, action.name)
    if action.kind != constraint.kind:
        return False
    wanted = action.constraint
    if wanted is None:
        return constraint.name is None
    same = tuple(map(fold, constraint.columns)) == tuple(map(fold, wanted.columns))
    return same and fold_code(constraint.expression or "") == fold_code(wanted.expression or "")


def _named(constraint: Constraint, name: str | None) -> bool:
    return constraint.name is not None and name is not None and fold(constraint.name) == fold(name)


def _remove(draft: Draft, gone: list[Constraint]) -> None:
    draft.change(constraints=tuple(c for c in draft.table.constraints if c not in gone))
