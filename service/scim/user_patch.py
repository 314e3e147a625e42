"""What operations make of a person's profile; the same for POST and PUT, whose body is one `add` an attribute."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from service.scim.body import expect_schema, flag, member, objects, text
from service.scim.errors import InvalidPathError, InvalidValueError, MutabilityError
from service.scim.filters import Path
from service.scim.matching import matches, wanted_by
from service.scim.names import ENTERPRISE, USER
from service.scim.operations import Kind, Operation, attributes_of
from service.scim.profile import Email, Profile
from service.scim.schemas import NOT_KEPT, READ_ONLY

_TEXTS = {
    "username": ("user_name", "userName"),
    "displayname": ("display_name", "displayName"),
    "title": ("title", "title"),
    "department": ("department", "department"),
    "externalid": ("external_id", "externalId"),
}
_NAME_PARTS = {one.lower(): one for one in ("formatted", "familyName", "givenName", "middleName")}
_NAME_NOT_KEPT = frozenset({"honorificprefix", "honorificsuffix"})
_SCHEMAS = frozenset({"", USER.lower(), ENTERPRISE.lower()})
_MOST_EMAILS = 100


def profile_of(body: Mapping[str, Any], start: Profile) -> Profile:
    """Return what the body of a POST or PUT says, on top of a profile. Raises ScimError."""
    expect_schema(body, USER)
    return apply(start, attributes_of(body, Kind.ADD, extension=ENTERPRISE))


def blank(profile: Profile) -> Profile:
    """Return what is left of a profile when a PUT leaves everything out.

    What the client never set is not its to clear; and who works here is never decided by silence.
    """
    kept = {key: getattr(profile, key) for key in ("title", "department", "manager") if key not in profile.given}
    if "name" not in profile.given:
        kept["display_name"] = profile.display_name
    if "externalId" not in profile.given:
        kept["external_id"] = profile.external_id
    return Profile(active=profile.active, given=profile.given, **kept)


def apply(profile: Profile, operations: Iterable[Operation]) -> Profile:
    """Carry operations out, one after the other. Raises ScimError."""
    for one in operations:
        profile = _apply(profile, one)
    return profile


def _apply(profile: Profile, operation: Operation) -> Profile:
    path = operation.path
    name = path.attribute.name
    if path.attribute.schema in _SCHEMAS:
        if name in _TEXTS:
            return _set_text(profile, operation)
        if name in _SETTERS:
            return _SETTERS[name](profile, operation)
        if name in NOT_KEPT or (name in READ_ONLY and not operation.strict):
            return profile
        if name in READ_ONLY:
            raise MutabilityError(f"{name} can't be changed")
    if operation.strict:
        raise InvalidPathError("there is no such attribute here")
    return profile


def _set_text(profile: Profile, operation: Operation) -> Profile:
    _refuse_parts(operation.path)
    field, name = _TEXTS[operation.path.attribute.name]
    value = "" if operation.kind is Kind.REMOVE else text(_single(operation.value), name)
    if field == "user_name" and not value:
        raise InvalidValueError("userName is needed")
    given = profile.given | {"name" if field == "display_name" else name}
    return replace(profile, given=given, **{field: value})  # type: ignore[arg-type] # all of _TEXTS are texts


def _set_active(profile: Profile, operation: Operation) -> Profile:
    _refuse_parts(operation.path)
    if operation.kind is Kind.REMOVE:
        raise InvalidValueError("active is true or false, and can't be removed")
    return replace(profile, active=flag(_single(operation.value), "active"))


def _set_name(profile: Profile, operation: Operation) -> Profile:
    sub, name = operation.path.attribute.sub, dict(profile.name)
    if operation.path.term is not None or (sub and sub not in _NAME_PARTS.keys() | _NAME_NOT_KEPT):
        raise InvalidPathError("name has no such part")
    if operation.kind is Kind.REMOVE:
        name = {key: value for key, value in name.items() if sub and key.lower() != sub}
    else:
        value = {sub: operation.value} if sub else operation.value
        if not isinstance(value, dict):
            raise InvalidValueError("name must be an object of parts")
        known = {key.lower(): one for key, one in value.items() if key.lower() in _NAME_PARTS}
        name |= {_NAME_PARTS[key]: text(one, f"name.{_NAME_PARTS[key]}") for key, one in known.items()}
    return replace(profile, name=name, given=profile.given | {"name"})


def _set_manager(profile: Profile, operation: Operation) -> Profile:
    sub = operation.path.attribute.sub
    if operation.path.term is not None or sub not in {"", "value", "$ref", "displayname"}:
        raise InvalidPathError("manager has no such part")
    nameless = isinstance(operation.value, dict) and member(operation.value, "value") is None
    if sub in {"$ref", "displayname"} or (nameless and operation.kind is not Kind.REMOVE):
        return profile
    value = "" if operation.kind is Kind.REMOVE else text(_single(operation.value), "manager")
    return replace(profile, manager=value, given=profile.given | {"manager"})


def _set_emails(profile: Profile, operation: Operation) -> Profile:
    path, kind = operation.path, operation.kind
    if path.attribute.sub not in {"", "value", "type", "primary", "display"}:
        raise InvalidPathError("emails has no such part")
    if path.attribute.sub == "display":
        return profile
    if path.term is None and not path.attribute.sub:
        emails = _listed(profile.emails, kind, [_email(one) for one in objects(operation.value, "emails")])
    elif kind is Kind.REMOVE and not path.attribute.sub:
        emails = [one for one in profile.emails if not _is_meant(path, one)]
    else:
        emails = _changed(profile.emails, operation)
    if len(emails) > _MOST_EMAILS:
        raise InvalidValueError(f"emails has more than {_MOST_EMAILS} values")
    return replace(profile, emails=tuple(emails))


def _listed(before: Iterable[Email], kind: Kind, values: list[Email]) -> list[Email]:
    """Add, replace or remove whole addresses; of two that are the same the later one counts."""
    if kind is Kind.REMOVE:
        gone = {one.folded for one in values}
        return [one for one in before if gone and one.folded not in gone]
    merged = {one.folded: one for one in ([] if kind is Kind.REPLACE else before)}
    if any(one.primary for one in values):
        merged = {key: replace(one, primary=False) for key, one in merged.items()}
    return list((merged | {one.folded: one for one in values if one.value}).values())


def _changed(before: tuple[Email, ...], operation: Operation) -> list[Email]:
    """Change parts of the addresses that are meant; where there is none yet, it is made."""
    path, sub = operation.path, operation.path.attribute.sub
    value = None if operation.kind is Kind.REMOVE else operation.value
    part = {sub: value} if sub else _object(value)
    meant = [one for one in before if _is_meant(path, one)]
    if not meant:
        if operation.kind is Kind.REMOVE or (sub == "value" and not text(value, "emails.value")):
            return list(before)
        start = {"value": "", **(wanted_by(path.term) if path.term else {})}
        return _listed(before, Kind.ADD, [_email({**start, **part})])
    new = [_email(_as_values(one) | part) if one in meant else one for one in before]
    return list({one.folded: one for one in new if one.value}.values())


def _email(values: Mapping[str, Any]) -> Email:
    primary = member(values, "primary")
    return Email(
        value=text(member(values, "value"), "emails.value"),
        type=text(member(values, "type"), "emails.type"),
        primary=primary is not None and primary != "" and flag(primary, "emails.primary"),
    )


def _object(value: Any) -> dict[str, Any]:
    [found] = objects(value, "emails")[:1] or [{}]
    return {key.lower(): one for key, one in found.items()}


def _is_meant(path: Path, email: Email) -> bool:
    return path.term is None or matches(path.term, _as_values(email))


def _as_values(email: Email) -> dict[str, str | bool]:
    return {"value": email.value, "type": email.type, "primary": email.primary}


def _single(value: Any) -> Any:
    """Return the one value of what may be wrapped up: Entra ID once sent `[{"value": …}]` for single values, too."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    inner = member(value, "value") if isinstance(value, dict) else None
    return value if inner is None else inner


def _refuse_parts(path: Path) -> None:
    if path.attribute.sub or path.term is not None:
        raise InvalidPathError("that attribute has no parts")


_SETTERS: Mapping[str, Callable[[Profile, Operation], Profile]] = {
    "active": _set_active,
    "name": _set_name,
    "manager": _set_manager,
    "emails": _set_emails,
}
