"""The dbt package of the adapter: empty, since every macro is dbt-teradata's."""

from pathlib import Path

PACKAGE_PATH = str(Path(__file__).parent)
