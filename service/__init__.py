"""The service: what is stored, served and sent. The only package that knows the time."""
