"""What the audit log tells a plan's holders: who looked, who was refused, who could have signed in as one of them."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.audit.store import Action
from service.auth.links import FIRST_LIFETIME
from service.auth.permissions import Permission
from service.auth.sessions import LONGEST
from service.models import ApiToken, AuditEntry
from service.negotiations.access import Holder

_MOST = 50
# So long somebody may still be signed in by a link that was made before.
_LINGERS = FIRST_LIFETIME + LONGEST


class Way(StrEnum):
    """How somebody could get in as a holder."""

    LINK = "link"
    TOKEN = "token"  # noqa: S105 - a name, not a secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look at a plan, or one that was `refused`."""

    actor: str
    at: datetime
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """A sign-in link, or a token that opens plans, made for a holder by somebody else, by which they may be in."""

    way: Way
    holder: str
    made_by: str
    at: datetime


def looks_at(session: Session, negotiation_id: uuid.UUID) -> tuple[Look, ...]:
    """Return the last looks at a plan, latest first, those of earlier holders included."""
    actions = {Action.PLAN_VIEWED.value, Action.PLAN_REFUSED.value}
    query = select(AuditEntry).where(AuditEntry.object == str(negotiation_id), AuditEntry.action.in_(actions))
    rows = session.scalars(query.order_by(AuditEntry.seq.desc()).limit(_MOST))
    return tuple(Look(actor=row.actor, at=row.at, refused=row.action == Action.PLAN_REFUSED) for row in rows)


def entrances_of(session: Session, held: Collection[Holder]) -> tuple[Entrance, ...]:
    """Return the last sign-in links and tokens that somebody other than the holder made for one, latest first.

    Those made before the holder was admitted are told, too, where whoever used them could still be in then.
    """
    users = {one.user_id: one for one in held}
    owners = {str(one.user_id): (Way.LINK, one) for one in held}
    own = {(one.user_id, one.name) for one in held}
    for token in session.scalars(select(ApiToken).where(ApiToken.user_id.in_(users))):
        holder, ends = users[token.user_id], [one for one in (token.revoked_at, token.expires_at) if one is not None]
        own.add((holder.user_id, f"{holder.name} (token {token.id})"))
        opens = Permission.NEGOTIATIONS_MANAGE.value in token.scopes
        if opens and all(end >= holder.admitted_at for end in ends):
            owners[str(token.id)] = (Way.TOKEN, holder)
    actions = {Action.LINK_MADE.value, Action.TOKEN_CREATED.value}
    query = select(AuditEntry).where(AuditEntry.object.in_(owners), AuditEntry.action.in_(actions))
    found = []
    for row in session.scalars(query.order_by(AuditEntry.seq.desc()).limit(_MOST)):
        way, holder = owners[row.object]
        lets_in = way is Way.TOKEN or row.at + _LINGERS >= holder.admitted_at
        if lets_in and (holder.user_id, row.actor) not in own:
            found.append(Entrance(way=way, holder=holder.name, made_by=row.actor, at=row.at))
    return tuple(found)
