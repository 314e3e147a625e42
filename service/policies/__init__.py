"""Policies: which detectors count, and how much. Data, read from TOML."""
