"""Socket Mode: Slack's events over a connection that we open, so that no address of ours need be public.

The library keeps the connection: it answers pings, and opens a new one when Slack announces the end of the old.
"""

import logging
import time
from threading import Event

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from service.database import Database
from service.failures import note_unexpected
from service.models import SourceState
from service.settings import SlackSource
from service.slack.office import Office
from service.slack.web import code_of, silent_logger, web_client
from service.sources.record import note_failure, note_read

log = logging.getLogger("frontdoor.slack")

# Messages are stored within a millisecond or two; a button may take a call to Slack.
_LISTENERS = 4
# A connection that broke without a word shows by four pings that stay unanswered.
_PING_SECONDS = 2.0
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
_LOOK_SECONDS, _GIVEN_UP_SECONDS = 1.0, 20.0


def run_socket(office: Office, app: App, token: str, stop: Event) -> None:
    """Stay connected until `stop`. What goes wrong is noted where people look, and tried again."""
    failures = 0
    while not stop.is_set():
        client = _client(office, app, token)
        try:
            client.connect()
            failures = 0
            _note(office.database, office, "")
            log.info("connected to Slack")
            _stay(client, stop)
        except Exception as error:  # noqa: BLE001 - whatever it is, listening must not end silently
            failures += 1
            log.warning("no connection to Slack (%s); it will be tried again", code_of(error))
            _note(office.database, office, _advice(error))
            stop.wait(min(_FIRST_WAIT * 2 ** (failures - 1), _LONGEST_WAIT))
        finally:
            client.close()
    log.info("disconnected from Slack")


def state_name(source: SlackSource) -> str:
    """Name the connection among the sources, where its failures are shown."""
    return f"{source.name} (live)"


def _client(office: Office, app: App, token: str) -> SocketModeClient:
    client = SocketModeClient(
        app_token=token,
        logger=silent_logger,
        web_client=web_client(token, base_url=office.source.base_url),
        ping_interval=_PING_SECONDS,
        concurrency=_LISTENERS,
    )

    def take(client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        try:
            send_response(client, request, run_bolt_app(app, request), time.time())
        except Exception as error:  # noqa: BLE001 - not acknowledged, so Slack sends it again
            note_unexpected(error)

    client.socket_mode_request_listeners.append(take)
    return client


def _stay(client: SocketModeClient, stop: Event) -> None:
    """Wait until `stop`; when the library has given up reconnecting, return to begin anew."""
    lost = 0
    while not stop.wait(_LOOK_SECONDS):
        lost = 0 if client.is_connected() else lost + 1
        if lost * _LOOK_SECONDS > _GIVEN_UP_SECONDS:
            return


def _advice(error: Exception) -> str:
    code = code_of(error)
    if isinstance(error, SlackApiError):
        return f"Slack does not accept the app-level token ({code}): make one with connections:write and give it anew"
    return f"Slack can't be reached ({code})"


def _note(database: Database, office: Office, failure: str) -> None:
    now, name = office.clock(), state_name(office.source)
    with database.transaction() as session:
        if failure:
            note_failure(session, name, "slack", failure, now=now)
        elif session.get(SourceState, name) is not None:
            note_read(session, name, "slack", messages=0, refusals=0, now=now)
