"""How grave an alert is, and the error of a policy that can't be used: what policies and their parts share."""

from enum import StrEnum


class Severity(StrEnum):
    """How grave an alert is, after OCSF's words."""

    INFORMATIONAL = "informational"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class PolicyError(ValueError):
    """The policy can't be used; the text says what to mend."""
