"""From a source's settings, or paths, to a connector."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import BinaryIO

from connectors import Connector, ConnectorError
from connectors.files import Files
from connectors.imap import Imap, ImapSettings
from connectors.imap import oauth as grants
from connectors.slack import SlackHistory, SlackSettings
from connectors.slack.live import SlackLive
from service.errors import ConfigurationError
from service.settings import (
    ClientCredentials,
    FilesSource,
    ImapSource,
    RefreshToken,
    SlackSource,
    SourceSettings,
)


def connector_for(source: SourceSettings, *, stop: Event | None = None) -> Connector:
    """Make the connector of a source; `stop` ends its waiting for a server that asks for patience.

    Raises ConfigurationError when its secret is missing or its settings clash.
    """
    try:
        if isinstance(source, FilesSource):
            return Files(source.paths)
        if isinstance(source, SlackSource):
            return _slack(source, stop)
        return _imap(source, stop)
    except (ConnectorError, ValueError) as error:
        raise ConfigurationError(f"source {source.name}: {error}") from error


def open_files(paths: Sequence[Path], *, stdin: BinaryIO | None = None) -> Connector:
    """Make a connector of files; `-` among the paths is `stdin`."""
    return Files(paths, stdin=stdin)


def history_for(source: SlackSource, token: str, *, team: str = "", stop: Event | None = None) -> Connector:
    """Make the connector of a workspace's history. `team` where the token is that of a whole organisation."""
    return SlackHistory(_slack_settings(source, token, team), stop=stop)


def live_for(source: SlackSource, token: str, *, team: str = "", direct: bool = False) -> SlackLive:
    """Make the reader of a workspace's events; `direct` for a person's own token."""
    return SlackLive(_slack_settings(source, token, team), direct=direct)


def slack_source_name(source: SlackSource, team: str) -> str:
    """Name a workspace among the sources: as the configuration does, with its team where there may be many."""
    return source.name if source.token is not None else f"{source.name}:{team}"


def _slack_settings(source: SlackSource, token: str, team: str) -> SlackSettings:
    return SlackSettings(
        name=slack_source_name(source, team),
        token=token,
        channels=source.channels,
        only_shared=source.only_shared,
        window_days=source.window_days,
        grace_seconds=source.grace_seconds if source.is_live else 0.0,
        bots=not source.ignore_bots,
        base_url=source.base_url,
        team=team,
    )


def _slack(source: SlackSource, stop: Event | None) -> Connector:
    if source.token is None:
        raise ConfigurationError(f"source {source.name}: give a token")
    return history_for(source, source.token.read(f"source {source.name}: token"), stop=stop)


def _imap(source: ImapSource, stop: Event | None) -> Connector:
    if (source.password is None) == (source.oauth is None):
        raise ConfigurationError(f"source {source.name}: give password or oauth, one of the two")
    password = source.password.read(f"source {source.name}: password") if source.password else ""
    return Imap(
        ImapSettings(
            name=source.name,
            host=source.host,
            port=source.port,
            user=source.user,
            folders=source.folders,
            tls=source.tls,
            ca_file=source.ca_file,
            mechanism="password" if source.oauth is None else source.mechanism,
            password=password,
            tokens=_tokens(source) if source.oauth is not None else None,
            batch_size=source.batch_size,
        ),
        stop=stop,
    )


def _tokens(source: ImapSource) -> grants.TokenSource:
    oauth, where = source.oauth, f"source {source.name}"
    if isinstance(oauth, ClientCredentials):
        secret = oauth.client_secret.read(f"{where}: client_secret")
        return grants.OAuthTokens(
            grants.ClientCredentials(
                token_url=oauth.token_url, client_id=oauth.client_id, client_secret=secret, scope=oauth.scope
            )
        )
    if isinstance(oauth, RefreshToken):
        return grants.OAuthTokens(
            grants.RefreshToken(
                token_url=oauth.token_url,
                client_id=oauth.client_id,
                refresh_token=oauth.refresh_token.read(f"{where}: refresh_token"),
                client_secret=oauth.client_secret.read(f"{where}: client_secret") if oauth.client_secret else "",
                scope=oauth.scope,
            )
        )
    assert oauth is not None
    return grants.OAuthTokens(grants.service_account(oauth.key_file, mailbox=source.user))
