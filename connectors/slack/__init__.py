"""Reading Slack by its Web API."""

from connectors.slack.fetch import SlackHistory
from connectors.slack.settings import SlackSettings

__all__ = ["SlackHistory", "SlackSettings"]
