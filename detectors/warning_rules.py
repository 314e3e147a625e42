"""A policy's `[warn]`: who hears of a Slack message, how often, and at which hours."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from detectors.severity import PolicyError, Severity

if TYPE_CHECKING:
    from detectors.scoring import Assessment

# Stands for every label, and for every severity.
_ANY = "default"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KEYS = frozenset({"actions", "per_day", "quiet_hours", "days", "back_off_days", "back_off_most_days", "remind_days"})
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_LONGEST_DAYS = 3650


class Action(StrEnum):
    """Who hears of a label: the person in Slack, procurement, both of them, or nobody."""

    WARN = "warn"
    ALERT = "alert"
    BOTH = "both"
    NOTHING = "nothing"

    @property
    def warns(self) -> bool:
        """Whether the person in Slack is warned."""
        return self in {Action.WARN, Action.BOTH}

    @property
    def alerts(self) -> bool:
        """Whether procurement gets an alert."""
        return self in {Action.ALERT, Action.BOTH}


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRules:
    """Who hears of what is said in Slack, how often, and when.

    `actions`: (label, severity) to what happens, "default" standing for every label or every severity; what names the
    label counts before what names only the severity. `per_day`: the most warnings that a person gets a day. `quiet`:
    from when to when, by the person's clock, nothing is sent that could wake them; None for never. `days`: the working
    days, Monday 0; the others are quiet throughout. `back_off_days`: how long a label stays silent for a person who
    called it not a problem; twice as long each further time, up to `back_off_most_days`. `remind_days`: the pace of
    reminders of the course; 0 for none.
    """

    actions: Mapping[tuple[str, str], Action] = field(default_factory=lambda: {(_ANY, _ANY): Action.BOTH})
    per_day: int = 3
    quiet: tuple[time, time] | None = (time(19), time(7))
    days: frozenset[int] = frozenset(range(5))
    back_off_days: int = 14
    back_off_most_days: int = 180
    remind_days: int = 7

    def action(self, label: str, severity: str) -> Action:
        """Return what happens when a message shows this label and is this grave."""
        for key in ((label, severity), (label, _ANY), (_ANY, severity), (_ANY, _ANY)):
            if key in self.actions:
                return self.actions[key]
        return Action.BOTH

    def wants_alert(self, assessment: "Assessment", *, can_warn: bool = True) -> bool:
        """Tell whether a Slack message raises an alert. Mail always does, since nobody can be warned there.

        Where nobody can be warned any more (`can_warn` false: it was said long ago), what asks for a warning alerts.
        """
        actions = [self.action(one.label, assessment.severity) for one in assessment.findings]
        return assessment.alert and any(one.alerts or (one.warns and not can_warn) for one in actions)

    def wants_warning(self, assessment: "Assessment") -> tuple[str, ...]:
        """Return the labels that the person is warned of, the weightiest first; none for what is no alert."""
        if not assessment.alert:
            return ()
        labels = dict.fromkeys(one.label for one in assessment.findings)
        return tuple(label for label in labels if self.action(label, assessment.severity).warns)

    def is_quiet(self, moment: datetime, *, offset: int) -> bool:
        """Tell whether a person `offset` seconds east of Greenwich should be left alone at this moment."""
        return self.awake_from(moment, offset=offset) != moment

    def awake_from(self, moment: datetime, *, offset: int) -> datetime:
        """Return the moment itself, or the end of the quiet hours that it falls in."""
        local = moment + timedelta(seconds=offset)
        while (later := self._past_quiet(local)) != local:
            local = later
        return local - timedelta(seconds=offset)

    def back_off(self, times: int) -> timedelta:
        """Return how long a label stays silent after the person called it not a problem so many times."""
        doubled = self.back_off_days * 2 ** min(max(times - 1, 0), 12)
        return timedelta(days=min(doubled, self.back_off_most_days))

    def _past_quiet(self, local: datetime) -> datetime:
        """Go on to the end of one stretch of quiet, if there is one."""
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        if local.weekday() not in self.days:
            return midnight + timedelta(days=1)
        if self.quiet is None:
            return local
        start, end = self.quiet
        clock = local.time()
        is_quiet = start <= clock < end if start < end else clock >= start or clock < end
        if not is_quiet:
            return local
        over = midnight + timedelta(hours=end.hour, minutes=end.minute)
        return over if clock < end else over + timedelta(days=1)


def read_warning_rules(data: object, *, where: str, labels: Collection[str]) -> WarningRules:
    """Read the table `[warn]`; `labels` are those that may have an action. Raises PolicyError, naming the key."""
    if not isinstance(data, Mapping):
        raise PolicyError(f"{where}: a table is needed")
    _check_keys(data, _KEYS, where)
    known = WarningRules()
    rules = WarningRules(
        actions=_actions(data.get("actions", {}), f"{where}.actions", labels),
        per_day=_whole(data, "per_day", known.per_day, where, top=100),
        quiet=_quiet(data["quiet_hours"], f"{where}.quiet_hours") if "quiet_hours" in data else known.quiet,
        days=_days(data["days"], f"{where}.days") if "days" in data else known.days,
        back_off_days=_whole(data, "back_off_days", known.back_off_days, where),
        back_off_most_days=_whole(data, "back_off_most_days", known.back_off_most_days, where),
        remind_days=_whole(data, "remind_days", known.remind_days, where),
    )
    if rules.back_off_most_days < rules.back_off_days:
        raise PolicyError(f"{where}.back_off_most_days must not be less than back_off_days")
    return rules


def _actions(data: object, where: str, labels: Collection[str]) -> dict[tuple[str, str], Action]:
    if not isinstance(data, Mapping):
        raise PolicyError(f"{where}: a table of labels is needed")
    _check_keys(data, {_ANY, *labels}, where)
    actions = {(_ANY, _ANY): Action.BOTH}
    for label, told in data.items():
        if not isinstance(told, Mapping):
            actions[label, _ANY] = _action(told, f"{where}.{label}")
            continue
        _check_keys(told, {_ANY, *Severity}, f"{where}.{label}")
        for severity, one in told.items():
            actions[label, severity] = _action(one, f"{where}.{label}.{severity}")
    return actions


def _action(value: object, where: str) -> Action:
    if not isinstance(value, str) or value not in set(Action):
        raise PolicyError(f"{where} must be one of {', '.join(Action)}")
    return Action(value)


def _quiet(value: object, where: str) -> tuple[time, time] | None:
    if value == "":
        return None
    hours = _HOURS.fullmatch(value) if isinstance(value, str) else None
    if hours is None:
        raise PolicyError(f'{where} must be two times such as "19:00-07:00", or "" for none')
    start, end = time(int(hours[1]), int(hours[2])), time(int(hours[3]), int(hours[4]))
    if start == end:
        raise PolicyError(f"{where} must end at another time than it starts")
    return start, end


def _days(value: object, where: str) -> frozenset[int]:
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one in _DAYS for one in value):
        raise PolicyError(f"{where} must be a list of one or more of {', '.join(_DAYS)}")
    return frozenset(_DAYS.index(one) for one in value)


def _whole(data: Mapping[str, object], key: str, otherwise: int, where: str, *, top: int = _LONGEST_DAYS) -> int:
    value = data.get(key, otherwise)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= top:
        raise PolicyError(f"{where}.{key} must be a whole number from 0 to {top}")
    return value


def _check_keys(data: Mapping[str, object], known: Collection[str], where: str) -> None:
    unknown = sorted(set(data) - set(known))
    if unknown:
        raise PolicyError(f"{where}: {unknown[0]!r} is none of {', '.join(sorted(known))}")
