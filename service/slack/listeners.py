"""The Bolt app: what Slack sends goes to the part that answers it.

Bolt would acknowledge an event before its listener ends, and a crash would lose it; with `process_before_response` the
listener comes first. So a listener stores, or answers at once, and never takes long.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from threading import Event
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from service.coaching import home, lessons, reminders
from service.failures import note_unexpected
from service.notify import buttons as alert_buttons
from service.reports import reporting
from service.slack import command, lifecycle
from service.slack.intake import MalformedEventError, note_refused, store_event
from service.slack.office import Office
from service.slack.web import silent_logger
from service.warnings import buttons as warning_buttons

Listen = Callable[[App, Office], None]

# Each part of the house that answers Slack; the first that listens to something gets it.
PARTS: tuple[Listen, ...] = (
    lifecycle.listen,
    alert_buttons.listen,
    warning_buttons.listen,
    reporting.listen,
    command.listen,
    home.listen,
    lessons.listen,
    reminders.listen,
)


def make_app(office: Office, wake: Event, *, signing_secret: str = "") -> App:
    """Make the app. `wake` is set when a message has come in. Without a signing secret no HTTP request passes."""

    def authorize(
        enterprise_id: str | None = None, team_id: str | None = None, user_id: str | None = None
    ) -> AuthorizeResult | None:
        return office.workspaces.authorize(enterprise_id, team_id, user_id)

    app = App(
        # Bolt silences the logger of this name together with its own: it must not be that of the house.
        name=silent_logger.name,
        logger=silent_logger,
        process_before_response=True,
        signing_secret=signing_secret or secrets.token_hex(32),
        authorize=authorize,  # type: ignore[arg-type] # Bolt's docs allow None: not installed there
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.error(note_unexpected)
    _listen_to_messages(app, office, wake)
    for listen in PARTS:
        listen(app, office)
    _ignore_the_rest(app)
    return app


def _listen_to_messages(app: App, office: Office, wake: Event) -> None:
    def take(body: Mapping[str, Any]) -> BoltResponse | None:
        try:
            is_new = store_event(office.database, office.keys, body, source=office.source.name, now=office.clock())
        except MalformedEventError as error:
            with office.database.transaction() as session:
                note_refused(session, "malformed", now=office.clock())
            return BoltResponse(status=error.status, body="malformed")
        if is_new:
            wake.set()
        return None

    app.event("message")(take)


def _ignore_the_rest(app: App) -> None:
    """Acknowledge what nobody here listens to: what is refused comes again."""

    def ignore(ack: Ack) -> None:
        ack()

    anything = re.compile(".*")
    app.event(anything)(ignore)
    for listen in (app.action, app.shortcut, app.command, app.view, app.options):
        listen(anything)(ignore)
    app.view_closed(anything)(ignore)
