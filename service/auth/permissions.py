"""Who may do what, as data."""

from collections.abc import Iterable
from enum import StrEnum


class Permission(StrEnum):
    """One thing that can be allowed; tokens carry these as scopes."""

    ALERTS_READ = "alerts:read"
    ALERTS_REVIEW = "alerts:review"
    FEEDS_READ = "feeds:read"
    SOURCES_READ = "sources:read"
    SOURCES_MANAGE = "sources:manage"
    METRICS_READ = "metrics:read"
    AWARENESS_READ = "awareness:read"
    NEGOTIATIONS_READ = "negotiations:read"
    NEGOTIATIONS_MANAGE = "negotiations:manage"
    EXPOSURE_READ = "exposure:read"
    DIRECTORY_READ = "directory:read"
    DIRECTORY_MANAGE = "directory:manage"
    DIRECTORY_PROVISION = "directory:provision"
    AUDIT_READ = "audit:read"
    TOKENS_MANAGE = "tokens:manage"
    USERS_MANAGE = "users:manage"


class Role(StrEnum):
    """What someone is here for."""

    REVIEWER = "reviewer"
    LEAD = "lead"
    TUNER = "tuner"
    PRIVACY_OFFICER = "privacy_officer"
    ADMINISTRATOR = "administrator"


_REVIEWER = frozenset(
    {
        Permission.ALERTS_READ,
        Permission.ALERTS_REVIEW,
        Permission.FEEDS_READ,
        Permission.SOURCES_READ,
        Permission.NEGOTIATIONS_READ,
        Permission.EXPOSURE_READ,
        Permission.DIRECTORY_READ,
    }
)
_LEAD = _REVIEWER | {Permission.AWARENESS_READ, Permission.NEGOTIATIONS_MANAGE, Permission.DIRECTORY_MANAGE}

# A tuner judges detectors by counts, not by reading people's messages; a privacy officer reads who looked at what.
# Administrators read messages because the first of them is alone at first; in a larger house that role goes to few.
# Awareness by team is for those who act on it or answer for it: who leads negotiations, tunes what is warned of, or
# sees to it that figures stay figures. A reviewer, who reads single people's messages all day, has no need to lay one
# over the other. No role opens a negotiation's plan: its holders admit each other (service.negotiations.access).
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.REVIEWER: _REVIEWER,
    Role.LEAD: _LEAD,
    Role.TUNER: frozenset(
        {Permission.FEEDS_READ, Permission.SOURCES_READ, Permission.METRICS_READ, Permission.AWARENESS_READ}
    ),
    Role.PRIVACY_OFFICER: frozenset({Permission.AUDIT_READ, Permission.SOURCES_READ, Permission.AWARENESS_READ}),
    Role.ADMINISTRATOR: frozenset(Permission),
}


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Return all that the roles allow; a role that is not known any more allows nothing."""
    known = [Role(role) for role in roles if role in set(Role)]
    return frozenset[Permission]().union(*(GRANTS[role] for role in known))


def named(scopes: Iterable[str]) -> frozenset[Permission]:
    """Return the permissions of these names; a name that is not known any more allows nothing."""
    return frozenset(Permission(scope) for scope in scopes if scope in set(Permission))
