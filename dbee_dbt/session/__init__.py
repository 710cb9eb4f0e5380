"""From a dbt profile to a connection; the one room that opens connections."""
