"""`frontdoor init`: a configuration to start from."""

from importlib import resources

import typer

from service.cli.options import CONFIG, Config
from service.cli.voice import say
from service.errors import ConfigurationError

app = typer.Typer()


@app.command("init")
def init(config: Config = CONFIG) -> None:
    """Write a commented frontdoor.toml to start from."""
    template = resources.files("service") / "frontdoor.example.toml"
    try:
        with config.open("x", encoding="utf-8") as file:
            file.write(template.read_text("utf-8"))
    except FileExistsError as error:
        raise ConfigurationError(f"{config} is there already; it was left as it is") from error
    say(f"{config} written: fill in your domains and a source, then run `frontdoor doctor`")
