"""When many small leaks add up: the part of a policy that looks at the ledger rather than at a message."""

from collections.abc import Mapping
from dataclasses import dataclass

from detectors.severity import PolicyError

DRIP = "drip"
_KEYS = {"entries": (2, 100), "people": (2, 100), "days": (1, 365)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DripRules:
    """At least so many different things, told by at least so many people within so many days, are an alert."""

    entries: int = 5
    people: int = 3
    days: int = 28


def read_drip_rules(data: object, *, where: str) -> DripRules:
    """Read a policy's table `drip`. Raises PolicyError, naming the key, when it can't be used."""
    if not isinstance(data, Mapping):
        raise PolicyError(f"{where}: a table is needed")
    for key, value in data.items():
        if key not in _KEYS:
            raise PolicyError(f"{where}: {key!r} is none of {', '.join(sorted(_KEYS))}")
        least, most = _KEYS[key]
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise PolicyError(f"{where}: {key} must be a whole number from {least} to {most}")
    rules = DripRules(**data)
    if rules.people > rules.entries:
        raise PolicyError(f"{where}: people must not be more than entries")
    return rules
