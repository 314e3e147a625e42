"""Reading files: .eml, .mbox, Maildir, a Slack export, JSON lines."""

from connectors.files.source import Files

__all__ = ["Files"]
