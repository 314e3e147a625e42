"""From the bytes of a mail, the JSON of a Slack message or a line of JSON to a Message; shared by all connectors."""
