"""What a change of the physical schema breaks in a dbt project, and what the SQL of its models says: no database."""
