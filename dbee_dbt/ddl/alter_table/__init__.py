"""ALTER TABLE: its actions as values, read from text, written, and applied to a table.

What else changes a table that is there, CREATE INDEX and DROP INDEX, is applied here too. Pure; the facts stand in
docs/teradata/ddl.md §2.3.
"""
