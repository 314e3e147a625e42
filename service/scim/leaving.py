"""Who leaves is signed out of the console, on the spot."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.auth.users import LastAdministratorError, disable_user, sign_out_user
from service.directory.changes import By
from service.models import User


def shut_out(session: Session, addresses: Collection[str], by: By) -> None:
    """Disable the users who are a person of these addresses: sessions, links and tokens end with it.

    The last administrator's account stays, since else nobody could let anybody in any more; they are signed out
    everywhere like all others, and whoever has the machine makes the next link. Nothing here lets anybody in again.
    """
    for user in session.scalars(select(User).where(User.address.in_(addresses)).order_by(User.id)).all():
        try:
            disable_user(session, user, actor=by.actor, now=by.now)
        except LastAdministratorError:
            sign_out_user(session, user, actor=by.actor, now=by.now)
