"""What statements refer to, with the place of every name."""

from dbee_dbt.ddl.references.found import Reference, References
from dbee_dbt.ddl.references.statement import expression_references, references

__all__ = ["Reference", "References", "expression_references", "references"]
