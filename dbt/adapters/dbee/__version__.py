"""The adapter's version is the package's; dbt reads it from here."""

from dbee_dbt import __version__ as version

__all__ = ["version"]
