"""YAML of a dbt project, edited in its text: nodes with their places, edits, and what they must mean."""
