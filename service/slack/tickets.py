"""Secrets that lead through an installation or a consent: expiring, good for one use, known by their hashes alone."""

import hmac
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from service.auth.credentials import hash_of, new_secret
from service.errors import TooManyError
from service.slack.models import SlackTicket

INVITE_LIFETIME = timedelta(days=1)
STATE_LIFETIME = timedelta(minutes=10)
_MOST = 2000


class Purpose(StrEnum):
    """What a ticket is for: an install link, or the state of a round trip to Slack."""

    INVITE = "invite"
    INSTALL = "install"
    CONSENT = "consent"


def make_invite(session: Session, *, source: str, actor: str, now: datetime) -> str:
    """Make the secret of an install link, good for one installation."""
    secret = new_secret()
    session.add(
        SlackTicket(
            hash=hash_of(secret),
            purpose=Purpose.INVITE.value,
            source=source,
            actor=actor,
            expires_at=now + INVITE_LIFETIME,
        )
    )
    session.flush()
    return secret


def find_invite(session: Session, secret: str, *, now: datetime) -> SlackTicket | None:
    """Return an install link's ticket while it is good."""
    row = session.get(SlackTicket, hash_of(secret)) if secret else None
    return row if row is not None and row.purpose == Purpose.INVITE and row.expires_at > now else None


def use_invite(session: Session, invite: bytes | None, *, now: datetime) -> bool:
    """Use an install link up; of two that try at once, one can."""
    gone = delete(SlackTicket).where(
        SlackTicket.hash == invite, SlackTicket.purpose == Purpose.INVITE.value, SlackTicket.expires_at > now
    )
    return bool(session.execute(gone).rowcount)  # type: ignore[attr-defined] # a DELETE's result has one


def begin(
    session: Session, purpose: Purpose, *, source: str, browser: str, now: datetime, invite: SlackTicket | None = None
) -> str:
    """Begin a round trip to Slack; returns its state. What has expired is forgotten on the way.

    Raises TooManyError while very many have begun one and not come back.
    """
    session.execute(delete(SlackTicket).where(SlackTicket.expires_at <= now))
    open_ones = select(func.count()).select_from(SlackTicket).where(SlackTicket.purpose == purpose.value)
    if (session.scalar(open_ones) or 0) >= _MOST:
        raise TooManyError
    secret = new_secret()
    session.add(
        SlackTicket(
            hash=hash_of(secret),
            purpose=purpose.value,
            source=source,
            browser=hash_of(browser),
            invite=invite.hash if invite is not None else None,
            actor=invite.actor if invite is not None else "",
            expires_at=now + STATE_LIFETIME,
        )
    )
    session.flush()
    return secret


def end(session: Session, state: str, *, browser: str, now: datetime) -> SlackTicket | None:
    """Take a state that came back, once; None for one that is unknown, used, too old or of another browser."""
    row = session.get(SlackTicket, hash_of(state)) if state else None
    if row is None or row.purpose == Purpose.INVITE:
        return None
    gone = session.execute(delete(SlackTicket).where(SlackTicket.hash == row.hash))
    session.expunge(row)
    once = gone.rowcount == 1  # type: ignore[attr-defined] # a DELETE's result has one
    same = row.browser is not None and hmac.compare_digest(row.browser, hash_of(browser))
    return row if once and same and row.expires_at > now else None
