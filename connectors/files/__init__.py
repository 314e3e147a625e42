"""Reading files: .eml, .mbox, Maildir, a Slack export, JSON lines."""
