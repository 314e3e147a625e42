"""Slack's events, from the store where they wait to alerts and warnings due: each is worked on once.

An event is read (who said it, who hears it), judged, and then taken in by one transaction together with the mark that
it is done. Killed before, it is still waiting; killed after, it is done. A workspace that Slack lets us ask nothing of
for a while keeps its events waiting, and holds up nobody else's.
"""

import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event

from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from connectors import Batch, Refusal
from connectors.parse.slack import SlackParseError
from connectors.slack.live import Heard, Place
from messages import Direction, Message
from service.alerts.record import alerts_on
from service.alerts.withdrawal import withdraw
from service.coaching.learners import note_talk
from service.failures import note_unexpected
from service.pipeline.connect import slack_source_name
from service.pipeline.hearing import Hearing, NotNowError
from service.pipeline.house import House
from service.pipeline.ingest import Taken, ingest
from service.pipeline.judging import Judged, judge_beside
from service.pipeline.talk import Talk, addressee
from service.slack.intake import Waiting, deleted_of, finish, note_tries, tries_of, waiting
from service.slack.models import ChannelState
from service.slack.office import Office
from service.slack.rooms import note_room, rooms_to_look_at
from service.warnings.models import STALE
from service.warnings.plan import plan_warnings, recipients_of, withdraw_warnings
from service.warnings.spoken import Addressee, Spoken

log = logging.getLogger("frontdoor.pipeline")

_AT_ONCE = 50
_LOOK_SECONDS = 0.5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# An event that can't be taken in, although the database works, is given up after so many tries.
_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    waiting: Waiting
    heard: Heard


@dataclass(slots=True, kw_only=True)
class _Team:
    """What one workspace's events of a pass came to."""

    events: list[_Event] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    judged: Judged | None = None


class LiveIntake:
    """Works off the events of a Slack source. One thread's own.

    `warn` is told of the warnings that are due once they are stored; `wake` is set when an event has come in.
    """

    def __init__(
        self, office: Office, house: House, *, wake: Event, warn: Callable[[Sequence[uuid.UUID]], object]
    ) -> None:
        self._office = office
        self._house = house
        self._wake = wake
        self._warn = warn
        self._hearing = Hearing(office)
        self._houses: dict[str, House] = {}
        self._talk = Talk()
        # What another source's app was told, this one's token could not read.
        self._elsewhere = {one.name for one in office.settings.source} - {office.source.name}
        self._at_once = _AT_ONCE
        self._places: dict[tuple[str, str], Place] = {}

    def run(self, stop: Event) -> None:
        """Work until `stop`; whatever goes wrong is noted, and tried again."""
        while not stop.is_set():
            try:
                is_idle = not self.work()
            except Exception as error:  # noqa: BLE001 - whatever it is, ingestion must not end silently
                note_unexpected(error)
                stop.wait(1.0)
                continue
            if is_idle:
                self._wake.wait(_LOOK_SECONDS)
                self._wake.clear()

    def work(self) -> int:
        """Work off some of the events that wait; returns how many it is done with."""
        self._refresh()
        with self._office.database.transaction(write=False) as session:
            events = waiting(
                session,
                self._office.keys,
                limit=self._at_once,
                elsewhere=self._elsewhere,
                without=self._hearing.held,
                without_channels=self._hearing.resting,
            )
            places = {(one.team, str(one.event.get("channel"))) for one in events} & self._places.keys()
            changed = rooms_to_look_at(session, places)
        if not events:
            return 0
        for place in changed:
            self._forget(*place)
        teams: dict[str, _Team] = {}
        outcomes: dict[int, str] = {}
        failed: list[int] = []
        for event in events:
            try:
                heard = self._hearing.hear(event)
            except SlackParseError as error:
                outcomes[event.id] = "refused"
                teams.setdefault(event.team, _Team()).refusals.append(Refusal(where=_where(event), why=str(error)))
            except NotNowError as error:
                failed += [event.id] if error.failed else []
            else:
                outcomes[event.id] = heard.why or ("deleted" if heard.deleted else "taken")
                teams.setdefault(event.team, _Team()).events.append(_Event(waiting=event, heard=heard))
        if outcomes or failed:
            self._take_in_or_split(teams, outcomes, failed)
        return len(outcomes)

    def _take_in_or_split(self, teams: Mapping[str, _Team], outcomes: Mapping[int, str], failed: Sequence[int]) -> None:
        """Take in what was heard; where that fails, go on one by one, until the event that is to blame is given up."""
        try:
            try:
                self._take_in(teams, outcomes, failed)
            except IntegrityError:
                # The sweep, or another process, stored one of these messages meanwhile; the second look sees it.
                self._take_in(teams, outcomes, failed)
        except (OperationalError, InterfaceError):
            raise  # the database itself: no event is to blame
        except Exception:
            if len(outcomes) == 1:
                self._blame(next(iter(outcomes)))
            self._at_once = 1
            raise
        self._at_once = _AT_ONCE

    def _blame(self, event: int) -> None:
        with self._office.database.transaction() as session:
            note_tries(session, [event])
            if tries_of(session, event) >= _TRIES:
                finish(session, {event: "refused"}, now=self._office.clock())
                log.error("an event of Slack's could not be taken in, and was given up")

    def _refresh(self) -> None:
        """Take over what was changed in directory and register: what is said from then on is judged with it."""
        house = self._house.refreshed(self._office.database)
        if house is not self._house:
            self._house = house
            self._houses.clear()

    def _take_in(self, teams: Mapping[str, _Team], outcomes: Mapping[int, str], failed: Sequence[int]) -> None:
        office = self._office
        for name, team in teams.items():
            team.events.sort(key=lambda one: (one.heard.channel, one.heard.said_at))
            said = [one for one in team.events if one.heard.message is not None]
            messages = [one.heard.message for one in said if one.heard.message is not None]
            if said:
                # Of whoever was read from just now the domain is known: nobody is asked for it.
                team.judged = judge_beside(office.database, messages, self._house_of(name, said[0].waiting))
        now = office.clock()
        due: list[uuid.UUID] = []
        with office.database.transaction() as session:
            note_tries(session, failed)
            mine = finish(session, outcomes, now=now)
            for name, team in teams.items():
                # What another process finished meanwhile is its own.
                team.events = [one for one in team.events if one.waiting.id in mine]
                due += self._store(session, name, team, now=now)
        if due:
            self._warn(due)
        for name in teams:
            office.workspaces.note_fine(name)

    def _house_of(self, name: str, event: Waiting) -> House:
        if name not in self._houses:
            reader = self._hearing.reader(event)
            self._houses[name] = self._house.with_own_domain(reader.own_domain if reader is not None else "")
        return self._houses[name]

    def _store(self, session: Session, name: str, team: _Team, *, now: datetime) -> list[uuid.UUID]:
        office = self._office
        said = {one.heard.message.id: one for one in team.events if one.heard.message is not None}
        batch = Batch(
            stream="live",
            messages=tuple(one.heard.message for one in said.values() if one.heard.message is not None),
            cursor="",
            refusals=tuple(team.refusals),
        )
        house, source = self._houses.get(name, self._house), slack_source_name(office.source, name)

        def can_warn(message: Message) -> bool:
            return office.source.warn and message.sent_at is not None and now - message.sent_at <= STALE

        outcome = ingest(session, source, "slack", batch, house, now=now, judged=team.judged, can_warn=can_warn)
        for one in team.events:
            self._withdraw(session, one.heard, now=now)
            self._note_place(session, one, now=now)
        over = self._over(session, list(said.values()), now=now)
        due: list[uuid.UUID] = []
        authors: list[Addressee] = []
        people: dict[str, Addressee] = {}
        for taken in outcome.taken:
            if taken.message.id in said and taken.message.id not in over:
                spoken = self._spoken(session, said[taken.message.id], taken, house)
                due += plan_warnings(session, office.keys, spoken, source=office.source, now=now)
                if spoken.author is not None and taken.is_new and taken.direction is Direction.OUTBOUND:
                    authors.append(spoken.author)
                people |= {one.user: one for one in (spoken.author, *spoken.listeners) if one is not None}
        warned = [people[user] for user in recipients_of(session, due) if user in people]
        note_talk(session, said=authors, warned=warned, now=now)
        return due

    def _withdraw(self, session: Session, heard: Heard, *, now: datetime) -> None:
        """Mark what a deletion took back, or an edit replaced. A preview that Slack adds to a link replaces nothing."""
        current = heard.message.id if heard.message is not None else ""
        former = [one for one in heard.former if one != current]
        if heard.deleted:
            withdraw_warnings(session, channel=heard.channel, ts=heard.ts)
        if former and (heard.deleted or current not in heard.former):
            withdraw(session, self._office.keys, former, deleted=heard.deleted, now=now)

    def _over(self, session: Session, said: Sequence[_Event], *, now: datetime) -> set[str]:
        """Name the messages that nobody is to be warned of any more: deleted by now, or edited right after."""
        deleted = deleted_of(session, [one.waiting for one in said])
        over: set[str] = set()
        for one in said:
            message = one.heard.message
            assert message is not None
            over.update(former for former in one.heard.former if former != message.id)
            if one.waiting.id in deleted:
                # Whichever of the two came in first.
                withdraw(session, self._office.keys, [message.id], deleted=True, now=now)
                over.add(message.id)
        return over

    def _spoken(self, session: Session, event: _Event, taken: Taken, house: House) -> Spoken:
        heard, team = event.heard, event.waiting.team
        # A regular member of our workspace may be somebody of another firm all the same.
        ours = {one.id: one for one in heard.ours if house.context.directory.is_ours(one.address)}
        author = ours.get(heard.author.id) if heard.author is not None else None
        return Spoken(
            team=team,
            enterprise=event.waiting.enterprise,
            channel=heard.channel,
            channel_name=heard.name,
            ts=heard.ts,
            thread_ts=heard.thread_ts,
            message=taken.message,
            direction=taken.direction,
            counterparty=taken.counterparty,
            author=addressee(author, team) if author is not None else None,
            listeners=tuple(addressee(one, team) for one in self._talk.listeners(team, heard, ours)),
            judged=taken.judged,
            message_id=taken.message_id,
            # The sweep may have taken the message before, and raised them.
            alerts=taken.alerts if taken.is_new else alerts_on(session, taken.message_id),
            said_at=_EPOCH + timedelta(microseconds=heard.said_at),
        )

    def _forget(self, team: str, channel: str) -> None:
        """Look at a channel anew: who is in it has changed."""
        self._hearing.forget(team, channel)
        self._places.pop((team, channel), None)

    def _note_place(self, session: Session, event: _Event, *, now: datetime) -> None:
        """Keep on record which channels are read, and who from outside is in them, when that is news."""
        key = (event.waiting.team, event.heard.channel)
        place = self._hearing.place(event.waiting, event.heard.channel)
        if place is None or self._places.get(key) == place:
            return
        self._places[key] = place
        state = ChannelState.READ if place.read else ChannelState.INTERNAL
        note_room(
            session,
            *key,
            name=place.name,
            state=ChannelState.ARCHIVED if place.archived else state,
            shared=place.shared,
            outsiders=place.outsiders,
            now=now,
        )


def _where(event: Waiting) -> str:
    return f"{event.event.get('channel')}:{event.event.get('ts')}"[:80]
