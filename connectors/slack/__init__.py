"""Reading Slack by its Web API."""
