"""Which attributes there are: the same list reads requests, and is told under /Schemas (RFC 7643, section 7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from service.scim.names import ENTERPRISE, GROUP, SCHEMA, USER

# What the core schema and the enterprise extension have besides, and nobody needs here: taken, and not kept.
NOT_KEPT = frozenset(
    {
        *("nickname", "profileurl", "usertype", "preferredlanguage", "locale", "timezone", "password"),
        *("phonenumbers", "ims", "photos", "addresses", "entitlements", "roles", "x509certificates"),
        *("employeenumber", "costcenter", "organization", "division"),
    }
)
# What the server says, and a client can't.
READ_ONLY = frozenset({"id", "meta", "schemas", "groups"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """An attribute as the protocol describes it."""

    name: str
    about: str
    type: Literal["string", "boolean", "complex", "reference"] = "string"
    many: bool = False
    required: bool = False
    exact: bool = False
    writable: bool = True
    unique: bool = False
    words: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    parts: tuple["Spec", ...] = ()

    @property
    def described(self) -> dict[str, Any]:
        """The attribute's description (RFC 7643, section 7)."""
        told: dict[str, Any] = {
            "name": self.name,
            "type": self.type,
            "multiValued": self.many,
            "description": self.about,
            "required": self.required,
            "mutability": "readWrite" if self.writable else "readOnly",
            "returned": "default",
        }
        if self.type == "string":
            told |= {"caseExact": self.exact, "uniqueness": "server" if self.unique else "none"}
        if self.words:
            told["canonicalValues"] = list(self.words)
        if self.refers_to:
            told["referenceTypes"] = list(self.refers_to)
        if self.parts:
            told["subAttributes"] = [one.described for one in self.parts]
        return told


_REF = Spec(name="$ref", about="Where it is.", type="reference", writable=False, refers_to=("User",))
_GROUP_REF = Spec(name="$ref", about="Where it is.", type="reference", writable=False, refers_to=("Group",))

USER_SPECS = (
    Spec(
        name="userName",
        about="By which the person signs in; where it is a mail address, it is the person's main one.",
        required=True,
        unique=True,
    ),
    Spec(
        name="name",
        about="The parts of the name.",
        type="complex",
        parts=(
            Spec(name="formatted", about="The whole name."),
            Spec(name="familyName", about="The family name."),
            Spec(name="givenName", about="The given name."),
            Spec(name="middleName", about="The middle names."),
        ),
    ),
    Spec(name="displayName", about="The name as it is shown."),
    Spec(name="title", about="The role at work."),
    Spec(
        name="active",
        about="Whether the person works here. Who does not is signed out; what they say still counts as ours.",
        type="boolean",
    ),
    Spec(
        name="emails",
        about="Mail addresses. Without an address as userName the one at work is the main one; others are aliases.",
        type="complex",
        many=True,
        parts=(
            Spec(name="value", about="The address."),
            Spec(name="type", about="What it is for.", words=("work", "home", "other")),
            Spec(name="primary", about="Whether it is the preferred one.", type="boolean"),
        ),
    ),
    Spec(
        name="groups",
        about="The groups that the person belongs to.",
        type="complex",
        many=True,
        writable=False,
        parts=(
            Spec(name="value", about="The group's id.", exact=True, writable=False),
            _GROUP_REF,
            Spec(name="display", about="The group's name.", writable=False),
        ),
    ),
    Spec(name="externalId", about="The id that the client gives.", exact=True),
)
ENTERPRISE_SPECS = (
    Spec(name="department", about="The department."),
    Spec(
        name="manager",
        about="The person's superior.",
        type="complex",
        parts=(
            Spec(name="value", about="The superior's id or mail address."),
            _REF,
            Spec(name="displayName", about="The superior's name.", writable=False),
        ),
    ),
)
GROUP_SPECS = (
    Spec(name="displayName", about="The group's name; no two groups share one.", required=True, unique=True),
    Spec(
        name="members",
        about="The people of the group.",
        type="complex",
        many=True,
        parts=(
            Spec(name="value", about="The person's id.", exact=True),
            _REF,
            Spec(name="display", about="The person's name.", writable=False),
            Spec(name="type", about="What the member is.", words=("User",), writable=False),
        ),
    ),
    Spec(name="externalId", about="The id that the client gives.", exact=True),
)

_SCHEMAS: Mapping[str, tuple[str, str, tuple[Spec, ...]]] = {
    USER: ("User", "A person of ours", USER_SPECS),
    ENTERPRISE: ("EnterpriseUser", "What a company knows of a person", ENTERPRISE_SPECS),
    GROUP: ("Group", "A group of people", GROUP_SPECS),
}


def described_schemas(location: str) -> list[dict[str, Any]]:
    """Describe all schemas; `location` is the address that theirs begin with."""
    return [
        {
            "schemas": [SCHEMA],
            "id": urn,
            "name": name,
            "description": about,
            "attributes": [one.described for one in specs],
            "meta": {"resourceType": "Schema", "location": f"{location}/Schemas/{urn}"},
        }
        for urn, (name, about, specs) in _SCHEMAS.items()
    ]
