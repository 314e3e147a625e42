"""Sources: what ingestion has done, is doing and could not read."""
