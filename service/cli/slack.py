"""`frontdoor slack manifest`: the app to create in Slack, as Slack takes it."""

import json
from typing import Annotated

import typer

from service.cli.options import CONFIG, Config
from service.settings import SlackSource, load_settings
from service.slack.manifest import Transport, manifest_of

app = typer.Typer()
slack = typer.Typer(help="The app in Slack.", no_args_is_help=True)
app.add_typer(slack, name="slack")


@slack.callback()
def slack_group() -> None:
    """Look after the app in Slack."""


@slack.command("manifest")
def manifest(
    config: Config = CONFIG,
    transport: Annotated[
        Transport | None, typer.Option(help="How events come in; left out, as the configuration says.")
    ] = None,
    many: Annotated[
        bool | None,
        typer.Option(
            "--many/--single", help="For workspaces that install the app themselves, or for one by its token."
        ),
    ] = None,
) -> None:
    """Print the manifest to paste into Slack (api.slack.com/apps, Create New App, From a manifest)."""
    settings = load_settings(config)
    source = next((one for one in settings.source if isinstance(one, SlackSource)), None)
    made = manifest_of(settings, source, transport=transport, many=many)
    print(json.dumps(made, indent=2))  # noqa: T201 - the result
