"""Browsers that are signed in."""

from datetime import datetime, timedelta

from fastapi import Response
from sqlalchemy import delete
from sqlalchemy.orm import Session

from service.auth.credentials import hash_of, new_secret
from service.models import SessionRow, User
from service.settings import Settings

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
_STEP = timedelta(minutes=10)


def open_session(session: Session, user: User, *, now: datetime) -> str:
    """Sign a browser in; returns the cookie's value."""
    secret = new_secret()
    session.add(SessionRow(token_hash=hash_of(secret), user_id=user.id, created_at=now, expires_at=now + IDLE))
    session.flush()
    return secret


def close_session(session: Session, token_hash: bytes) -> None:
    """Sign a browser out."""
    session.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash))


def extended(row: SessionRow, *, now: datetime) -> datetime | None:
    """Return the end that using a session just now gives it; None where it is too near the present one to write."""
    end = min(now + IDLE, row.created_at + LONGEST)
    return end if end - row.expires_at >= _STEP else None


def cookie_name(settings: Settings) -> str:
    """Name the cookie; with TLS so that no other host and no plain page can set it."""
    return "__Host-frontdoor" if _secure(settings) else "frontdoor"


def set_cookie(response: Response, settings: Settings, secret: str) -> None:
    """Hand the cookie to the browser, out of reach of scripts and of other sites' forms."""
    response.set_cookie(
        cookie_name(settings),
        secret,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=_secure(settings),
        httponly=True,
        samesite="lax",
    )


def clear_cookie(response: Response, settings: Settings) -> None:
    """Take the cookie back."""
    response.delete_cookie(cookie_name(settings), path="/", secure=_secure(settings), httponly=True, samesite="lax")


def _secure(settings: Settings) -> bool:
    return settings.server.public_url.lower().startswith("https://")
