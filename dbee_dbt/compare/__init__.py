"""Two catalogs, and what changed between them. Pure: no I/O, no database."""
