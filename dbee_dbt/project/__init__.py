"""The dbt project: its manifest and files, checking it against a catalog, generating models into it."""
