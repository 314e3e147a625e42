"""Conversations as they are stored: headers without words, and texts for as long as there is cause."""
