"""Installations of the app, and people's own tokens, as they are kept: sealed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.crypto import Keys
from service.slack.models import SlackConsent, SlackWorkspace, WorkspaceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Where the app is installed, by `id`: a team's, or an Enterprise Grid's for all of its teams.

    Without a token it is a team that shares its Enterprise's installation (`enterprise_id`).
    """

    id: str
    enterprise_id: str = ""
    is_enterprise: bool = False
    name: str = ""
    bot_id: str = ""
    bot_user_id: str = ""
    scopes: tuple[str, ...] = ()
    token: str = field(default="", repr=False)
    state: WorkspaceState = WorkspaceState.CONNECTED
    failure: str = ""


def load_installation(session: Session, keys: Keys, team: str) -> Installation | None:
    """Return an installation by the id of its team or Enterprise. Raises UndecryptableError."""
    row = session.get(SlackWorkspace, team) if team else None
    if row is None:
        return None
    return Installation(
        id=row.id,
        enterprise_id=row.enterprise_id,
        is_enterprise=row.is_enterprise,
        name=row.name,
        bot_id=row.bot_id,
        bot_user_id=row.bot_user_id,
        scopes=tuple(row.scopes.split()),
        token=keys.open(row.key_id, row.sealed, place=_workspace_place(row.id)),
        state=WorkspaceState(row.state),
        failure=row.failure,
    )


def save_installation(session: Session, keys: Keys, made: Installation, *, by: str, now: datetime) -> None:
    """Keep an installation, in place of an earlier one of the same workspace; `by` is who made it."""
    key_id, sealed = keys.seal(made.token, place=_workspace_place(made.id))
    row = session.get(SlackWorkspace, made.id) or SlackWorkspace(id=made.id)
    row.enterprise_id, row.is_enterprise, row.name = made.enterprise_id, made.is_enterprise, made.name
    row.bot_id, row.bot_user_id, row.scopes = made.bot_id, made.bot_user_id, " ".join(made.scopes)
    row.installed_by, row.installed_at, row.noted_at = by, now, now
    row.state, row.failure = made.state.value, made.failure
    row.key_id, row.sealed = key_id, sealed
    session.add(row)
    session.flush()


def forget_token(session: Session, keys: Keys, team: str, *, why: str, now: datetime) -> bool:
    """Drop the token of an installation that has ended, and of everybody in it; the row stays to say why."""
    row = session.get(SlackWorkspace, team)
    if row is None:
        return False
    row.key_id, row.sealed = keys.seal("", place=_workspace_place(team))
    row.state, row.failure, row.noted_at = WorkspaceState.REVOKED.value, why, now
    session.execute(delete(SlackConsent).where(SlackConsent.team == team))
    session.flush()
    return True


def list_installations(session: Session) -> Sequence[SlackWorkspace]:
    """Return all installations, by name."""
    return session.scalars(select(SlackWorkspace).order_by(SlackWorkspace.name, SlackWorkspace.id)).all()


def load_consent(session: Session, keys: Keys, team: str, user: str) -> str:
    """Return a person's own token, empty where they did not consent. Raises UndecryptableError."""
    row = session.get(SlackConsent, (team, user))
    return "" if row is None else keys.open(row.key_id, row.sealed, place=_consent_place(team, user))


def save_consent(
    session: Session, keys: Keys, team: str, user: str, *, token: str, scopes: Sequence[str], now: datetime
) -> None:
    """Keep a person's own token."""
    key_id, sealed = keys.seal(token, place=_consent_place(team, user))
    session.merge(
        SlackConsent(team=team, user=user, scopes=" ".join(scopes), given_at=now, key_id=key_id, sealed=sealed)
    )
    session.flush()


def forget_consent(session: Session, team: str, user: str) -> bool:
    """Drop a person's own token; tells whether there was one."""
    gone = session.execute(delete(SlackConsent).where(SlackConsent.team == team, SlackConsent.user == user))
    return bool(gone.rowcount)  # type: ignore[attr-defined] # a DELETE's result has one


def _workspace_place(team: str) -> str:
    return f"slack_workspace:{team}"


def _consent_place(team: str, user: str) -> str:
    return f"slack_consent:{team}:{user}"
