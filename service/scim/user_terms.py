"""What can be asked of people, and how the database answers."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, exists, func, literal, not_, select, union_all
from sqlalchemy.orm import aliased

from service.directory.models import GroupMember, Person, PersonGroup
from service.scim.errors import InvalidFilterError
from service.scim.filters import Filter, Value
from service.scim.models import ScimEmail, ScimUser
from service.scim.queries import Nest, Term, condition, exact, folded, id_of, identity, instant, truth, words


def users_where(term: Filter) -> ColumnElement[bool]:
    """Return the condition of a filter on people, `scim_user` joined to each where there is one.

    Raises InvalidFilterError.
    """
    return condition(term, _TERMS, _NESTS)


def called(name: str) -> ColumnElement[bool]:
    """Return the condition that somebody goes by a userName; who was never given one goes by their address."""
    wanted, other = name.lower(), aliased(Person)
    unnamed = not_(exists().where(ScimUser.address == other.address))
    return Person.address.in_(
        union_all(
            select(ScimUser.address).where(ScimUser.folded == wanted),
            select(other.address).where(other.address == wanted, unnamed),
        )
    )


def _user_name(operator: str, value: Value) -> ColumnElement[bool]:
    # An outer join can't use the index, and this is what clients ask most.
    if operator == "eq" and isinstance(value, str):
        return called(value)
    return folded(func.coalesce(ScimUser.folded, Person.address))(operator, value)


def _emails(term: Filter) -> ColumnElement[bool]:
    other = aliased(Person)
    given: Mapping[str, Term] = {
        "value": folded(ScimEmail.folded),
        "type": words(ScimEmail.type),
        "primary": truth(ScimEmail.is_primary),
    }
    # To whom the client gave none, their address is the one at work.
    otherwise: Mapping[str, Term] = {
        "value": folded(other.address),
        "type": words(literal("work")),
        "primary": truth(literal(value=True)),
    }
    without = not_(exists().where(ScimEmail.address == other.address))
    return Person.address.in_(
        union_all(
            select(ScimEmail.address).where(condition(term, given, {})),
            select(other.address).where(condition(term, otherwise, {}), without),
        )
    )


def _groups(term: Filter) -> ColumnElement[bool]:
    parts: Mapping[str, Term] = {"value": identity(PersonGroup.id), "display": words(PersonGroup.name)}
    members = select(GroupMember.address).join(PersonGroup, PersonGroup.id == GroupMember.group_id)
    return Person.address.in_(members.where(condition(term, parts, {})))


def _manager(term: Filter) -> ColumnElement[bool]:
    boss = aliased(Person)

    def superior(operator: str, value: Value) -> ColumnElement[bool]:
        wanted = id_of(value)
        if operator == "pr" or wanted is None:
            return folded(Person.manager)(operator, value)
        if operator not in {"eq", "ne"}:
            raise InvalidFilterError("ids can be compared by eq and ne alone")
        equal = Person.manager.in_(select(boss.address).where(boss.scim_id == wanted))
        return equal if operator == "eq" else not_(equal)

    return condition(term, {"value": superior}, {})


_TERMS: Mapping[str, Term] = {
    "id": identity(Person.scim_id),
    "externalid": exact(Person.external_id),
    "username": _user_name,
    "displayname": words(Person.name),
    "name.formatted": words(Person.name),
    "name.familyname": words(ScimUser.name["familyName"].as_string()),
    "name.givenname": words(ScimUser.name["givenName"].as_string()),
    "name.middlename": words(ScimUser.name["middleName"].as_string()),
    "title": words(Person.role),
    "department": words(Person.department),
    "active": truth(Person.active),
    "meta.created": instant(Person.created_at),
    "meta.lastmodified": instant(Person.updated_at),
}
_NESTS: Mapping[str, Nest] = {"emails": _emails, "groups": _groups, "manager": _manager}
