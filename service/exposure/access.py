"""Who may change the ledger: whoever manages negotiations, and where a plan has holders, they and the team alone."""

import uuid

from sqlalchemy.orm import Session

from service.auth.identity import Identity
from service.auth.permissions import Permission
from service.errors import ForbiddenError
from service.models import User
from service.negotiations.access import in_team, is_held, may_open, viewer_of
from service.negotiations.models import NegotiationRow


class NotTeamError(ForbiddenError):
    """Only the holders of this negotiation's plan, its lead and its team change its ledger."""


def may_change(session: Session, negotiation_id: uuid.UUID | None, asking: Identity) -> bool:
    """Tell whether somebody may change what the ledger holds of a negotiation, or of none."""
    if not asking.may(Permission.NEGOTIATIONS_MANAGE):
        return False
    if negotiation_id is None or not is_held(session, negotiation_id):
        return True
    row, user = session.get(NegotiationRow, negotiation_id), session.get(User, asking.user_id)
    if may_open(session, negotiation_id, viewer_of(asking)):
        return True
    return row is not None and user is not None and in_team(row, user)


def need_change(session: Session, negotiation_id: uuid.UUID | None, asking: Identity) -> None:
    """Raise NotTeamError for whoever may not."""
    if not may_change(session, negotiation_id, asking):
        raise NotTeamError
