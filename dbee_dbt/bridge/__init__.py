"""The dbt macros of this project, run outside dbt in sandboxed Jinja."""

from dbee_dbt.bridge.run import Bridge, Query, Row

__all__ = ["Bridge", "Query", "Row"]
