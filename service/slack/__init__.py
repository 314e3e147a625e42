"""Slack as it happens: events taken in, people answered."""
