"""What a DML statement says, as written; ``unbound`` holds the clauses and qualifiers that are read only."""

from __future__ import annotations

from dbee_dbt.ddl.expressions import syntax as s


class Insert(s.Node, frozen=True):
    """INSERT: of one row of values, of a query, or of DEFAULT VALUES (neither).

    Args:
        columns: as written; empty where no list was.
        values: None where a query follows.
    """

    table: s.TableName
    columns: tuple[str, ...] = ()
    values: tuple[s.Expression, ...] | None = None
    query: s.Query | None = None
    unbound: tuple[s.Unbound, ...] = ()


class Assignment(s.Node, frozen=True):
    """``column = value`` of a SET clause."""

    column: str
    value: s.Expression


class Update(s.Node, frozen=True):
    """UPDATE, with the sources of its FROM; ``otherwise`` is the INSERT behind ELSE."""

    table: s.TableName
    assignments: tuple[Assignment, ...]
    sources: tuple[s.Source, ...] = ()
    where: s.Expression | None = None
    otherwise: Insert | None = None
    unbound: tuple[s.Unbound, ...] = ()


class Delete(s.Node, frozen=True):
    """DELETE; sources are those of ``DELETE t FROM t, u``."""

    table: s.TableName
    sources: tuple[s.Source, ...] = ()
    where: s.Expression | None = None
    unbound: tuple[s.Unbound, ...] = ()


class Merge(s.Node, frozen=True):
    """MERGE with at most one matched and one not-matched branch.

    Args:
        update: assignments of WHEN MATCHED THEN UPDATE, or None.
        delete: WHEN MATCHED THEN DELETE.
        insert: columns and values of WHEN NOT MATCHED THEN INSERT, or None.
    """

    table: s.TableName
    source: s.Source
    condition: s.Expression
    update: tuple[Assignment, ...] | None = None
    delete: bool = False
    insert: tuple[tuple[str, ...], tuple[s.Expression, ...]] | None = None
    unbound: tuple[s.Unbound, ...] = ()


Change = Insert | Update | Delete | Merge
Statement = s.Query | Change
