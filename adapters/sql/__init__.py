"""A CRM that lives in a database, read by queries in settings."""
