"""What people report: suspicious approaches, with their thread."""
