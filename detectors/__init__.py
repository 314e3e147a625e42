"""What is looked for: pure functions from a message, its text and a context to findings."""
