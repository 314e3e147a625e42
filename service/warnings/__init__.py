"""Quiet private warnings: who gets one, what it says, how it is sent at most once."""
