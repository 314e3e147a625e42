"""Who and where, as far as a Slack export says.

An export does not say which workspace is ours, nor always who is in a channel. Ours is the team of Slackbot, of the
workspace's owner, or of most people. In a channel is whoever is listed for it, and whoever ever wrote in it: a look at
all its days before the first of them is read.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from connectors.files.slack_archive import (
    LARGEST_DAY,
    LARGEST_INDEX,
    PEOPLE,
    PLACES,
    Archive,
    UnreadableError,
    day_of,
    read_json,
)
from connectors.parse.slack import SAID, SlackChannel, SlackUser, author_id
from connectors.parse.slack_people import SLACKBOT, author_of, identifier, mapping, one_line, parse_channel, parse_user

# Stands for our workspace when nobody's team is known.
_NO_TEAM = "EXPORT"
# Conversations without a name of their own: theirs is made of their members.
_NAMELESS = "mpims.json"

_Row = Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Index:
    """Our `team`, users by id, places by folder, and the files of `days`.

    `broken` are the files that should have said more, each with what is wrong with it.
    """

    team: str
    users: dict[str, SlackUser]
    places: dict[str, SlackChannel]
    days: tuple[str, ...]
    broken: dict[str, str]
    _known: dict[str, SlackChannel] = field(default_factory=dict)
    _days_of: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for day in self.days:
            self._days_of.setdefault(_folder(day), []).append(day)

    def channel(self, archive: Archive, day: str) -> SlackChannel:
        """Return the channel a day's file belongs to, with whoever wrote in it on any day among its members."""
        folder = _folder(day)
        if folder not in self._known:
            label = one_line(folder.rpartition("/")[2])
            place = self.places.get(label) or SlackChannel(id=label, name=label)
            members = dict.fromkeys((*place.members, *self._writers(archive, folder)))
            self._known[folder] = replace(place, members=tuple(members))
        return self._known[folder]

    def _writers(self, archive: Archive, folder: str) -> Iterator[str]:
        for day in self._days_of.get(folder, ()):
            for raw in _rows(archive, day, limit=LARGEST_DAY, broken={}):
                user_id = author_id(raw) if _is_said(raw) else ""
                if not user_id:
                    continue
                if user_id not in self.users:
                    stranger = author_of(raw, user_id)
                    self.users.update({user_id: stranger} if stranger else {})
                yield user_id


def read_index(archive: Archive) -> Index:
    """Read what an export says of its people and places."""
    names = archive.names()
    broken: dict[str, str] = {}

    def rows(name: str) -> Iterator[_Row]:
        return _rows(archive, name, limit=LARGEST_INDEX, broken=broken)

    people = [row for name in PEOPLE if name in names for row in rows(name)]
    team = _own_team(people)
    places: dict[str, SlackChannel] = {}
    for name in PLACES:
        for row in rows(name) if name in names else ():
            place = parse_channel(row, team=team)
            if place is not None:
                label = place.name or place.id
                places[label] = replace(place, name="") if name == _NAMELESS else place
                places.setdefault(place.id, places[label])
    return Index(
        team=team,
        users=_users(people, team),
        places=places,
        days=tuple(name for name in names if day_of(name)),
        broken=broken,
    )


def _rows(archive: Archive, name: str, *, limit: int, broken: dict[str, str]) -> Iterator[_Row]:
    try:
        found = read_json(archive, name, limit=limit)
    except UnreadableError as error:
        broken[name] = str(error)
        return
    yield from map(mapping, found)


def _is_said(raw: _Row) -> bool:
    subtype = raw.get("subtype")
    return (subtype is None or isinstance(subtype, str)) and subtype in SAID and not raw.get("bot_id")


def _folder(day: str) -> str:
    return day.rpartition("/")[0]


def _users(people: list[_Row], team: str) -> dict[str, SlackUser]:
    enterprise = _own_enterprise(people, team)
    users = (parse_user(row, team=team, enterprise=enterprise) for row in people)
    return {user.id: user for user in users if user is not None}


def _own_team(people: list[_Row]) -> str:
    teams = {identifier(row.get("id")): identifier(row.get("team_id")) for row in people}
    owners = [identifier(row.get("team_id")) for row in people if row.get("is_primary_owner") is True]
    most = Counter(team for team in teams.values() if team).most_common(1)
    return teams.get(SLACKBOT) or next(filter(None, owners), "") or (most[0][0] if most else _NO_TEAM)


def _own_enterprise(people: list[_Row], team: str) -> str:
    """Tell our Enterprise Grid from the people of our own team; empty when we are in none."""
    ids: Counter[str] = Counter()
    for row in people:
        if row.get("team_id") == team:
            ids[identifier(mapping(row.get("enterprise_user")).get("enterprise_id"))] += 1
    return max(filter(None, ids), key=lambda one: ids[one], default="")
