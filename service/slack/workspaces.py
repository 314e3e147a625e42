"""The workspaces that an app is installed in, and a client for each.

What is asked for often comes from memory, for seconds: another process may install, or revoke, too.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.crypto import Keys
from service.database import Database
from service.errors import FrontdoorError, NotFoundError, UndecryptableError
from service.settings import SlackSource
from service.slack.accounts import Accounts
from service.slack.audience import Audience
from service.slack.installs import (
    Installation,
    list_installations,
    load_consent,
    load_installation,
    save_installation,
)
from service.slack.models import SlackWorkspace, WorkspaceState
from service.slack.web import CALL_ERRORS, DEAD_TOKEN, code_of, signed_in, teams_of, web_client

log = logging.getLogger("frontdoor.slack")

_KEPT_SECONDS = 5.0
_TEAMS_KEPT_SECONDS = 300.0
_MOST_CLIENTS = 1000


class NotInstalledError(NotFoundError):
    """The app is not installed in this workspace, or no longer."""


class UnreachableError(FrontdoorError):
    """Slack can't be reached."""


class Workspaces:
    """The workspaces of a Slack source: the one of its token, or those that installed the app.

    Clients never repeat a call by themselves. Nothing here may be called inside a transaction that writes, except
    `client`, `token` and `own_client`, which only read.
    """

    def __init__(self, database: Database, keys: Keys, source: SlackSource, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._keys = keys
        self._source = source
        self.accounts = Accounts()
        self.audience = Audience()
        self._clock = clock
        self._lock = threading.RLock()
        self._known: dict[tuple[str, str], tuple[float, Installation | FrontdoorError]] = {}
        self._teams: dict[str, tuple[float, tuple[str, ...]]] = {}
        self._clients: dict[tuple[str, str | None], WebClient] = {}
        self._alone: Installation | None = None
        self._fine: dict[str, float] = {}

    def client(self, team: str, enterprise: str = "") -> WebClient:
        """Return the client of a workspace, with its bot token. Raises NotInstalledError, UnreachableError."""
        found = self.installation(team, enterprise)
        return self._client(found.token, team if found.is_enterprise and team != found.id else None)

    def token(self, team: str, enterprise: str = "") -> str:
        """Return the bot token of a workspace. Raises NotInstalledError, UnreachableError."""
        return self.installation(team, enterprise).token

    def installation(self, team: str, enterprise: str = "") -> Installation:
        """Return the installation that a workspace uses: its own, else its Enterprise's.

        A single token is that of every workspace that is asked for, since Slack sends nothing of others.
        Raises NotInstalledError, UnreachableError.
        """
        asked = (team, enterprise) if self._source.token is None else ("", "")
        with self._lock:
            until, found = self._known.get(asked, (0.0, None))
            if found is None or until < time.monotonic():
                found = self._look_up(*asked)
                if len(self._known) > _MOST_CLIENTS:
                    self._known.clear()
                self._known[asked] = (time.monotonic() + _KEPT_SECONDS, found)
        if isinstance(found, FrontdoorError):
            raise type(found)(found.detail)
        return found

    def own_client(self, team: str, user: str) -> WebClient | None:
        """Return a client with a person's own token, where they consented and it can be read."""
        with self._database.transaction(write=False) as session:
            row = session.get(SlackWorkspace, team)
            whole = row.enterprise_id if row is not None else ""
            for place, meant in ((team, None), (whole, team)):
                try:
                    token = load_consent(session, self._keys, place, user)
                except UndecryptableError:
                    continue
                if token:
                    return self._client(token, meant)
        return None

    def teams(self) -> tuple[str, ...]:
        """Return the ids of the workspaces that are connected, those of a whole Enterprise included.

        Raises NotInstalledError or UnreachableError where a single token does not work.
        """
        if self._source.token is not None:
            alone = self.installation("")
            return self._teams_of(alone) if alone.is_enterprise else (alone.id,)
        found: dict[str, None] = {}
        for one in self._connected():
            found |= dict.fromkeys(self._teams_of(one) if one.is_enterprise else (one.id,))
        with self._database.transaction(write=False) as session:
            ended = {row.id for row in list_installations(session) if row.state == WorkspaceState.REVOKED}
        return tuple(one for one in found if one not in ended)

    def authorize(
        self, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> AuthorizeResult | None:
        """Tell Bolt whose bot answers a request; None when the app is not installed there.

        Bolt looks at the names of a function's parameters, `self` among them: give it a function that calls this.
        Raises UnreachableError, on which Slack asks again.
        """
        try:
            found = self.installation(team_id or "", enterprise_id or "")
        except NotInstalledError:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id or found.enterprise_id or None,
            team_id=team_id or (None if found.is_enterprise else found.id),
            bot_id=found.bot_id or None,
            bot_user_id=found.bot_user_id or None,
            bot_token=found.token,
            bot_scopes=found.scopes,
            user_id=user_id,
        )

    def note_trouble(self, team: str, state: str, why: str) -> None:
        """Put on record that a workspace can't be used, or only slowly, and why, for the console and the doctor.

        `team` may be empty for a single token that does not even tell whose it is.
        """
        self._fine.pop(team, None)
        with self._database.transaction() as session:
            row = self._row(session, team)
            if row is None or (row.state, row.failure) == (state, why):
                return
            row.state, row.failure, row.noted_at = WorkspaceState(state).value, why, self._clock()
        self.forget()

    def note_fine(self, team: str) -> None:
        """Put on record that a workspace can be used again; cheap when nothing was wrong."""
        if self._fine.get(team, 0.0) > time.monotonic():
            return
        self._fine[team] = time.monotonic() + _KEPT_SECONDS
        with self._database.transaction(write=False) as session:
            row = self._row(session, team)
            if row is None or (row.state == WorkspaceState.CONNECTED and not row.failure):
                return
        with self._database.transaction() as session:
            row = self._row(session, team)
            if row is not None and (self._source.token is not None or row.state != WorkspaceState.REVOKED):
                row.state, row.failure, row.noted_at = WorkspaceState.CONNECTED.value, "", self._clock()
        self.forget()

    def register(self) -> None:
        """Sign in with a single token and put its workspace on record. Raises NotInstalledError, UnreachableError."""
        if self._source.token is None:
            return
        alone = self.installation("")
        with self._database.transaction() as session:
            row = session.get(SlackWorkspace, alone.id)
            kept = Installation(
                id=alone.id,
                enterprise_id=alone.enterprise_id,
                is_enterprise=alone.is_enterprise,
                name=alone.name,
                bot_id=alone.bot_id,
                bot_user_id=alone.bot_user_id,
                scopes=alone.scopes,
            )
            if row is None:
                save_installation(session, self._keys, kept, by=self._by, now=self._clock())
            else:
                row.name, row.scopes, row.installed_by = kept.name, " ".join(kept.scopes), self._by
                row.bot_id, row.bot_user_id = kept.bot_id, kept.bot_user_id

    def forget(self) -> None:
        """Look everything up anew: an installation has changed."""
        with self._lock:
            self._known.clear()
            self._teams.clear()
            self._clients.clear()
            self._fine.clear()
            self._alone = None

    @property
    def _by(self) -> str:
        return f"source:{self._source.name}"

    def _row(self, session: Session, team: str) -> SlackWorkspace | None:
        """Find the row of a workspace, or of the Enterprise, or token, that it uses."""
        row = session.get(SlackWorkspace, team) if team else None
        if row is not None:
            return row
        if self._source.token is not None:
            query = select(SlackWorkspace).where(SlackWorkspace.installed_by == self._by)
            return session.scalars(query.order_by(SlackWorkspace.noted_at.desc()).limit(1)).first()
        with self._lock:
            held = next((whole for whole, (_, teams) in self._teams.items() if team in teams), "")
        return session.get(SlackWorkspace, held) if held else None

    def _look_up(self, team: str, enterprise: str) -> Installation | FrontdoorError:
        try:
            return self._sign_in() if self._source.token is not None else self._find(team, enterprise)
        except (NotInstalledError, UnreachableError) as error:
            return error

    def _sign_in(self) -> Installation:
        """Learn whose the single token is; once known it stays so."""
        if self._alone is not None:
            return self._alone
        assert self._source.token is not None
        token = self._source.token.read(f"source {self._source.name}: token")
        try:
            self._alone = signed_in(self._client(token, None))
        except CALL_ERRORS as error:
            code = code_of(error)
            if isinstance(error, SlackApiError) and code in DEAD_TOKEN:
                raise NotInstalledError(f"Slack does not accept the token ({code})") from None
            raise UnreachableError(f"Slack can't be reached ({code})") from None
        return self._alone

    def _find(self, team: str, enterprise: str) -> Installation:
        with self._database.transaction(write=False) as session:
            own = load_installation(session, self._keys, team)
            held = enterprise or (own.enterprise_id if own is not None else "")
            whole = load_installation(session, self._keys, held)
        if own is not None and (own.token or own.state == WorkspaceState.REVOKED):
            return _usable(own)
        if whole is None and team:
            whole = next((one for one in self._connected() if one.is_enterprise and team in self._teams_of(one)), None)
        return _usable(whole)

    def _connected(self) -> Iterator[Installation]:
        with self._database.transaction(write=False) as session:
            ids = [row.id for row in list_installations(session) if row.state != WorkspaceState.REVOKED]
            found = [self._readable(session, one) for one in ids]
        return (one for one in found if one is not None and one.token)

    def _readable(self, session: Session, team: str) -> Installation | None:
        """Load an installation; one whose token can't be read must not take the others with it."""
        try:
            return load_installation(session, self._keys, team)
        except UndecryptableError:
            log.warning("the token of workspace %s can't be read: install the app there again", team)
            return None

    def _teams_of(self, whole: Installation) -> tuple[str, ...]:
        """List the teams of an Enterprise that an app may act in; the last ones known while Slack does not say."""
        until, teams = self._teams.get(whole.id, (0.0, ()))
        if until < time.monotonic():
            try:
                teams = tuple(teams_of(self._client(whole.token, None)))
            except CALL_ERRORS:
                until = _KEPT_SECONDS
            else:
                until = _TEAMS_KEPT_SECONDS
            with self._lock:
                self._teams[whole.id] = (time.monotonic() + until, teams)
        return teams

    def _client(self, token: str, team: str | None) -> WebClient:
        with self._lock:
            client = self._clients.get((token, team))
            if client is None:
                if len(self._clients) > _MOST_CLIENTS:
                    self._clients.clear()
                client = self._clients[token, team] = web_client(token, base_url=self._source.base_url, team=team)
        return client


def _usable(found: Installation | None) -> Installation:
    if found is None or not found.token or found.state == WorkspaceState.REVOKED:
        raise NotInstalledError
    return found
