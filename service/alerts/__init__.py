"""Alerts: what policies raised, its evidence and its reviews."""
