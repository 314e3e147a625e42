"""Our people and the counterparties."""
