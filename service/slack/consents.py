"""People's own tokens: kept by consent, dropped and revoked at Slack when it is withdrawn."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.audit.store import Action, record
from service.crypto import Keys
from service.database import Database
from service.settings import Settings, SlackSource
from service.slack.installs import forget_consent, save_consent
from service.slack.models import SlackConsent, SlackWorkspace, WorkspaceState
from service.slack.oauth import Consent, RefusedError, revoke
from service.slack.office import Office
from service.slack.web import CALL_ERRORS

CONSENT_PATH = "/slack/consent"


def consent_url(settings: Settings, source: SlackSource) -> str:
    """Return the address of the page on which people consent; empty where nobody can."""
    base = settings.server.public_url.rstrip("/")
    return f"{base}{CONSENT_PATH}" if source.installs is not None and base else ""


def has_consented(session: Session, team: str, user: str) -> bool:
    """Tell whether a person's own token is kept."""
    return _place(session, team, user) is not None


def count_consents(session: Session) -> int:
    """Count the people who consented."""
    return session.scalar(select(func.count()).select_from(SlackConsent)) or 0


def keep_consent(database: Database, keys: Keys, source: SlackSource, consent: Consent, *, now: datetime) -> None:
    """Keep a person's own token. Raises RefusedError, and lets Slack forget it, where the app is not installed."""
    with database.transaction() as session:
        places = [session.get(SlackWorkspace, one) for one in (consent.team, consent.enterprise) if one]
        known = any(row is not None and row.state != WorkspaceState.REVOKED for row in places)
        if known:
            save_consent(
                session,
                keys,
                consent.team,
                consent.user,
                token=consent.token,
                scopes=consent.scopes,
                now=now,
            )
            person = f"{consent.team}:{consent.user}"
            record(session, actor=person, action=Action.SLACK_CONSENTED, object=person, detail={}, now=now)
    if not known:
        revoke(source, consent.token)
        raise RefusedError("The app is not installed in your workspace.")


def withdraw(office: Office, team: str, user: str) -> bool:
    """Drop a person's own token and let Slack forget it; tells whether there was one."""
    client = office.workspaces.own_client(team, user)
    with office.database.transaction() as session:
        place = _place(session, team, user)
        if place is None:
            return False
        forget_consent(session, place, user)
        person = f"{place}:{user}"
        record(
            session, actor=person, action=Action.SLACK_CONSENT_WITHDRAWN, object=person, detail={}, now=office.clock()
        )
    if client is not None:
        try:
            client.auth_revoke()
        except CALL_ERRORS:
            return True  # it is forgotten here either way
    return True


def _place(session: Session, team: str, user: str) -> str | None:
    """Name the workspace, or the organisation, that a person's token is kept for."""
    row = session.get(SlackWorkspace, team)
    for place in (team, row.enterprise_id if row is not None else ""):
        if place and session.get(SlackConsent, (place, user)) is not None:
            return place
    return None
