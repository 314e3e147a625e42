"""What goes out to procurement's channel."""
