"""What counterparties know, asked and were promised: the exposure ledger, and the brief made of it."""
