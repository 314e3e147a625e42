"""What people learn: a short course, App Home, awareness by team."""
