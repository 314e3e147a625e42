"""The groups that people belong to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.directory.models import GroupMember, PersonGroup


def groups_of(session: Session, address: str) -> list[str]:
    """Return the names of somebody's groups."""
    query = select(PersonGroup.name).join(GroupMember, GroupMember.group_id == PersonGroup.id)
    return list(session.scalars(query.where(GroupMember.address == address).order_by(PersonGroup.name)))
