"""Secrets that lead through an installation or a consent: expiring, good for one use, known by their hashes alone.

What administrators began is stored. A consent anybody may begin: its state is signed for the browser instead, and
stored once it was used.
"""

import hmac
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.auth.credentials import hash_of, new_secret
from service.crypto import Keys
from service.errors import TooManyError
from service.slack.models import SlackTicket

INVITE_LIFETIME = timedelta(days=1)
STATE_LIFETIME = timedelta(minutes=10)
_MOST = 2000
_PURPOSE = "slack_consent"


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


def begin(session: Session, *, source: str, browser: str, now: datetime, invite: SlackTicket) -> str:
    """Begin an installation's round trip to Slack; returns its state. What has expired is forgotten on the way.

    Raises TooManyError while very many have begun one and not come back.
    """
    _forget_expired(session, now=now)
    open_ones = select(func.count()).select_from(SlackTicket).where(SlackTicket.purpose == Purpose.INSTALL.value)
    if (session.scalar(open_ones) or 0) >= _MOST:
        raise TooManyError
    secret = new_secret()
    session.add(
        SlackTicket(
            hash=hash_of(secret),
            purpose=Purpose.INSTALL.value,
            source=source,
            browser=hash_of(browser),
            invite=invite.hash,
            actor=invite.actor,
            expires_at=now + STATE_LIFETIME,
        )
    )
    session.flush()
    return secret


def consent_state(keys: Keys, *, source: str, browser: str, now: datetime) -> str:
    """Begin a consent's round trip to Slack; returns its state, of which nothing is stored: anybody may begin one."""
    until = int((now + STATE_LIFETIME).timestamp())
    told = f"{Purpose.CONSENT}.{until}.{source.encode().hex()}"
    return f"{told}.{_seal_of(keys, told, browser)}"


def end(session: Session, keys: Keys, state: str, *, browser: str, now: datetime) -> SlackTicket | None:
    """Take a state that came back, once; None for one that is unknown, used, too old or of another browser."""
    if state.startswith(f"{Purpose.CONSENT}."):
        return _end_consent(session, keys, state, browser=browser, now=now)
    row = session.get(SlackTicket, hash_of(state)) if state else None
    if row is None or row.purpose != Purpose.INSTALL:
        return None
    gone = session.execute(delete(SlackTicket).where(SlackTicket.hash == row.hash))
    session.expunge(row)
    once = gone.rowcount == 1  # type: ignore[attr-defined] # a DELETE's result has one
    same = row.browser is not None and hmac.compare_digest(row.browser, hash_of(browser))
    return row if once and same and row.expires_at > now else None


def _end_consent(session: Session, keys: Keys, state: str, *, browser: str, now: datetime) -> SlackTicket | None:
    """Take a consent's state, and remember it until it would have expired."""
    told, _, seal = state.rpartition(".")
    if not hmac.compare_digest(seal.encode("utf-8", "replace"), _seal_of(keys, told, browser).encode()):
        return None
    _, until, source = told.split(".")
    row = SlackTicket(
        hash=hash_of(state),
        purpose=Purpose.CONSENT.value,
        source=bytes.fromhex(source).decode(),
        expires_at=datetime.fromtimestamp(int(until), UTC),
    )
    if row.expires_at <= now:
        return None
    _forget_expired(session, now=now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return None
    return row


def _seal_of(keys: Keys, told: str, browser: str) -> str:
    return keys.digest(_PURPOSE, f"{told}.{hash_of(browser).hex()}").hex()


def _forget_expired(session: Session, *, now: datetime) -> None:
    session.execute(delete(SlackTicket).where(SlackTicket.expires_at <= now))
