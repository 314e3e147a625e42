"""The alert feed: JSON Feed, Atom, server-sent events."""
