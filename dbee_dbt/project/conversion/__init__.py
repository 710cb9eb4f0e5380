"""Legacy SQL to dbt models: views as they are, and proposals from the statements that fill tables."""
