"""The configuration: one frontdoor.toml, checked whole before anything starts. Secrets come by file or environment."""

import os
import tomllib
from datetime import UTC, time, tzinfo
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from service.errors import ConfigurationError


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Company(_Section):
    """Who we are."""

    own_domains: tuple[str, ...] = Field(min_length=1)
    context: Path | None = None


class DatabaseSettings(_Section):
    """Where alerts are kept; FRONTDOOR_DATABASE_URL stands above it, since a URL may hold a password."""

    url: str = "sqlite:///frontdoor-data/frontdoor.db"


class Server(_Section):
    """Where the console listens. `public_url` is what links are made of when a proxy stands in front."""

    host: str = "127.0.0.1"
    port: int = Field(default=8400, ge=0, le=65535)
    public_url: str = ""


class Keys(_Section):
    """Where the keys of sealed texts are kept."""

    file: Path = Path("frontdoor-data/keys.toml")


class Policies(_Section):
    """Which policies raise alerts: names of those that ship, or of files NAME.toml in `folder`."""

    active: tuple[str, ...] = Field(default=("balanced",), min_length=1)
    folder: Path | None = None


class Retention(_Section):
    """How long things are kept."""

    text_hours: int = Field(default=72, ge=0)
    header_days: int = Field(default=180, ge=1)
    alert_days: int = Field(default=730, ge=1)
    ledger_days: int = Field(default=1095, ge=1)


class Secret(_Section):
    """A secret's place: an environment variable or a file, never the value."""

    env: str = ""
    file: Path | None = None

    def read(self, what: str) -> str:
        """Fetch the secret. Raises ConfigurationError naming what is missing, never its value."""
        if self.env:
            value = os.environ.get(self.env, "")
            if not value:
                raise ConfigurationError(f"{what}: the environment variable {self.env} is empty")
            return value
        if self.file is None:
            raise ConfigurationError(f"{what}: give env or file")
        try:
            return self.file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{what}: the file {self.file} can't be read") from error


class ClientCredentials(_Section):
    """An application that signs in as itself (Microsoft 365: the permission IMAP.AccessAsApp)."""

    grant: Literal["client_credentials"]
    token_url: str
    client_id: str
    client_secret: Secret
    scope: str = "https://outlook.office365.com/.default"


class RefreshToken(_Section):
    """An account that consented once."""

    grant: Literal["refresh_token"]
    token_url: str
    client_id: str
    client_secret: Secret | None = None
    refresh_token: Secret
    scope: str = ""


class ServiceAccount(_Section):
    """A Google service account with domain-wide delegation, by its JSON key file."""

    grant: Literal["service_account"]
    key_file: Path


OAuth = Annotated[ClientCredentials | RefreshToken | ServiceAccount, Field(discriminator="grant")]


class _Source(_Section):
    """What every source has. `rate` spares it: at most so many messages a second."""

    name: str = Field(min_length=1)
    poll_seconds: float = Field(default=60, gt=0)
    rate: float | None = Field(default=None, gt=0)


class ImapSource(_Source):
    """A mailbox."""

    kind: Literal["imap"]
    host: str
    port: int = Field(default=993, ge=1, le=65535)
    user: str
    tls: Literal["ssl", "starttls", "none"] = "ssl"
    ca_file: Path | None = None
    folders: tuple[str, ...] = Field(default=("INBOX", r"\Sent"), min_length=1)
    password: Secret | None = None
    oauth: OAuth | None = None
    mechanism: Literal["xoauth2", "oauthbearer"] = "xoauth2"
    batch_size: int = Field(default=200, ge=1, le=200)


class SlackInstalls(_Section):
    """An app that many workspaces, or an Enterprise Grid, install by themselves."""

    client_id: str
    client_secret: Secret


class Procurement(_Section):
    """Procurement's channel: alerts of these policies (none named: of all active ones), and a digest once a day.

    `team` is the workspace it is in, empty with a single one.
    """

    channel: str
    team: str = ""
    policies: tuple[str, ...] = ()
    digest_at: time | None = time(8, 0)
    timezone: str = "UTC"

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, name: str) -> str:
        zone_of(name)
        return name

    @property
    def zone(self) -> tzinfo:
        """The time zone that `digest_at` is told in."""
        return zone_of(self.timezone)


class SlackSource(_Source):
    """Slack: one workspace by its `token`, or those that install the app (`installs`).

    With `app_token` events come by Socket Mode, with `signing_secret` by HTTP requests; with neither only history is
    read. `grace_seconds` is how long live intake has a message to itself before the sweep of history takes it.
    `ignore_bots`: whether what apps and workflows post is left out. `wording`: a file with texts of warnings in the
    company's own words. `contact`: whom people are told to turn to with questions and objections (a name, an address,
    #channel). `pseudonymous_reports`: whether somebody who reports may keep their name from the reviewers.
    """

    kind: Literal["slack"]
    token: Secret | None = None
    installs: SlackInstalls | None = None
    app_token: Secret | None = None
    signing_secret: Secret | None = None
    warn: bool = True
    language: Literal["en", "de"] = "en"
    wording: Path | None = None
    procurement: Procurement | None = None
    contact: str = Field(default="", max_length=200)
    pseudonymous_reports: bool = True
    channels: tuple[str, ...] = ()
    only_shared: bool = True
    ignore_bots: bool = True
    window_days: float = Field(default=3, ge=0)
    grace_seconds: float = Field(default=120, ge=0)
    base_url: str = "https://slack.com/api/"

    @model_validator(mode="after")
    def _has_one_way_in(self) -> Self:
        if (self.token is None) == (self.installs is None):
            raise ValueError("give token for one workspace, or installs for those that install the app")
        return self

    @property
    def is_live(self) -> bool:
        """Whether events are taken in as they happen."""
        return self.app_token is not None or self.signing_secret is not None


class FilesSource(_Source):
    """Files or folders that are looked through again and again for what was added."""

    kind: Literal["files"]
    paths: tuple[Path, ...] = Field(min_length=1)


SourceSettings = Annotated[ImapSource | SlackSource | FilesSource, Field(discriminator="kind")]


class Settings(_Section):
    """All of frontdoor.toml."""

    company: Company
    database: DatabaseSettings = DatabaseSettings()
    server: Server = Server()
    keys: Keys = Keys()
    policies: Policies = Policies()
    retention: Retention = Retention()
    source: tuple[SourceSettings, ...] = ()

    @property
    def database_url(self) -> str:
        """The URL to use."""
        return os.environ.get("FRONTDOOR_DATABASE_URL") or self.database.url


def zone_of(name: str) -> tzinfo:
    """Return a time zone by its name (`Europe/Berlin`). Raises ValueError; UTC needs no zone data on the machine."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("no time zone of this name is known here; where none but UTC is, install tzdata") from error


def load_settings(path: Path) -> Settings:
    """Read frontdoor.toml. Raises ConfigurationError that names every key to mend."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError(f"there is no {path}: `frontdoor init` writes one to start from") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} can't be read") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path} is not TOML: {error}") from error
    return parse_settings(data, where=str(path))


def parse_settings(data: dict[str, object], *, where: str) -> Settings:
    """Check a configuration. Raises ConfigurationError that names every key to mend, and no value."""
    try:
        settings = Settings.model_validate(data)
    except ValidationError as error:
        rows = (f"  {'.'.join(str(key) for key in row['loc'])}: {_advice(row)}" for row in error.errors())
        raise ConfigurationError(f"{where} needs mending:\n" + "\n".join(rows)) from error
    names = [source.name for source in settings.source]
    if len(set(names)) < len(names):
        raise ConfigurationError(f"{where}: two sources have the same name")
    if sum(isinstance(source, SlackSource) and source.signing_secret is not None for source in settings.source) > 1:
        raise ConfigurationError(f"{where}: one Slack source alone can have a signing_secret: there is one address")
    return settings


def _advice(flaw: ErrorDetails) -> str:
    """Say what is wrong with a key in the words of a TOML file."""
    words = {
        "extra_forbidden": "there is no such key",
        "missing": "is missing",
        "tuple_type": "should be a list",
    }
    return words.get(flaw["type"], flaw["msg"].removeprefix("Value error, "))
