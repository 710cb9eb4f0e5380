"""The embedded Teradata stand-in: catalog semantics in Python, rows in DuckDB (docs/emulator.md)."""

from __future__ import annotations

from dbee_dbt.emulator.connection import Connection, connect

__all__ = ["Connection", "connect"]
