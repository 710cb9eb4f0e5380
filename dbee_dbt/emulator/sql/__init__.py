"""Queries and DML on DuckDB with Teradata's value semantics; whatever is not known to answer alike is refused."""
