"""A person as a client sees them: plain values, apart from how they are stored."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from service.scim.errors import InvalidValueError

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_LONGEST_ADDRESS = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """A mail address in the client's spelling."""

    value: str
    type: str = ""
    primary: bool = False

    @property
    def folded(self) -> str:
        """The address as it is compared."""
        return self.value.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a client can say of a person.

    `name` has the parts of the name under the protocol's keys. `manager` is an id or a mail address. `given` are the
    attributes that the client ever set.
    """

    user_name: str = ""
    display_name: str = ""
    name: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    department: str = ""
    manager: str = ""
    external_id: str = ""
    active: bool = True
    emails: tuple[Email, ...] = ()
    given: frozenset[str] = frozenset()

    @property
    def full_name(self) -> str:
        """The name in one piece: as it is shown, as it was put together, or put together from its parts."""
        parts = (self.name.get("givenName", ""), self.name.get("familyName", ""))
        return self.display_name or self.name.get("formatted", "") or " ".join(filter(None, parts))

    @property
    def best_email(self) -> str:
        """The address at work, else the preferred one, else the first; empty where there is none."""
        ranked = sorted(self.emails, key=lambda one: (one.type.lower() != "work", not one.primary))
        return ranked[0].folded if ranked else ""

    @property
    def sign_in_address(self) -> str:
        """The userName, where it is a mail address."""
        return self.user_name.lower() if is_address(self.user_name) else ""

    @property
    def addresses(self) -> frozenset[str]:
        """All mail addresses, as they are compared."""
        return frozenset(filter(None, (self.sign_in_address, *(one.folded for one in self.emails))))


def is_address(text: str) -> bool:
    """Tell whether a text is a mail address."""
    return len(text) <= _LONGEST_ADDRESS and text.isprintable() and _ADDRESS.fullmatch(text) is not None


def main_address(before: Profile | None, after: Profile, current: str) -> str:
    """Return the address by which a person is known from now on.

    A userName that is an address leads, where it was changed; else what they are known by stays as long as the client
    names it. `current` is empty for somebody new. Raises InvalidValueError where there is no address at all.
    """
    renamed = before is not None and before.user_name.lower() != after.user_name.lower()
    if renamed and after.sign_in_address and current == (before.sign_in_address if before else ""):
        return after.sign_in_address
    if current and (current in after.addresses or not after.addresses):
        return current
    found = after.sign_in_address or after.best_email or current
    if not found:
        raise InvalidValueError("a mail address is needed, as userName or among emails")
    return found


def settled(before: Profile, after: Profile) -> Profile:
    """Return a changed profile, once its parts fit together. Raises InvalidValueError."""
    if not after.user_name:
        raise InvalidValueError("userName is needed")
    for one in after.emails:
        if not is_address(one.value):
            raise InvalidValueError("emails has something that is no mail address")
    name, old = dict(after.name), before.name
    # A whole name that was put together from other parts is out of date.
    parts_changed = any(name.get(key) != old.get(key) for key in ("givenName", "familyName", "middleName"))
    if parts_changed and name.get("formatted") == old.get("formatted"):
        name.pop("formatted", None)
    return replace(after, name={key: value for key, value in name.items() if value})
