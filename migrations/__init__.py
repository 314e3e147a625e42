"""The database's history: dated, small, reversible."""
