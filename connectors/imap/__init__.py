"""Reading mail over IMAP."""
