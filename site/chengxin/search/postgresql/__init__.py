"""The engine on PostgreSQL: derived tables in a schema of their own, one row an agency."""
