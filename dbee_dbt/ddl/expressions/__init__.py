"""Queries and DML statements: read from text, names resolved, every expression typed as Teradata types it.

Pure: no database, no engine. The rules stand in docs/teradata/typing.md.
"""
