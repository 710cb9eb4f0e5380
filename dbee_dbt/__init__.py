"""dbee-dbt keeps a Teradata system, its Git repository and its dbt project in step."""

__version__ = "0.1.0"
