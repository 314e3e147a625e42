"""Who is warned of a message that was just said: rows that are due, written in the message's own transaction."""

import json
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from detectors.finding import SHOWN_IN, Label
from detectors.scoring import Assessment, Policy
from messages import Direction
from service.coaching.course import lesson_for
from service.coaching.models import Learner
from service.crypto import Keys
from service.database import serialised
from service.negotiations.secrecy import SEALED_FACT
from service.settings import SlackSource
from service.warnings.models import STALE, WarningKind, WarningMute, WarningRow, WarningSign, WarningState
from service.warnings.spoken import Addressee, Spoken
from service.warnings.wording import LANGUAGES

MOST_QUOTES = 3

_LABELS = {
    WarningKind.AUTHOR: SHOWN_IN[Direction.OUTBOUND],
    WarningKind.READER: frozenset({Label.ELICITATION}),
}
# Of one quote, as much as is ever shown.
_LONGEST_QUOTE = 400
# What never reached anybody leaves a place in the day.
_UNSEEN = (WarningState.EXPIRED.value, WarningState.FAILED.value)
# Questions wait for the end of a weekend at most, so answers need not be matched with older ones.
_LONGEST_WAIT = timedelta(days=10)
_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\w*\d[\w.,:/%-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Some words of a message and the label they show."""

    label: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a policy wants people to be warned of: the signs, gravest first."""

    policy: Policy
    assessment: Assessment
    kind: WarningKind
    signs: tuple[Sign, ...]


def plan_warnings(
    session: Session, keys: Keys, spoken: Spoken, *, source: SlackSource, now: datetime
) -> list[uuid.UUID]:
    """Add the warnings that a message gives cause for; returns their ids, to be sent once the caller has committed.

    Nobody is warned of what was said a while ago, twice of the same thing, of a label they called not a problem, or
    more often than the policy allows.
    """
    if spoken.author is not None:
        _lift_answered(session, spoken, spoken.author, now=now)
    if not source.warn or now - spoken.said_at > STALE:
        return []
    wish = _wish(spoken)
    if wish is None:
        return []
    people = spoken.listeners if spoken.author is None else (spoken.author,)
    # In one order everywhere, so that two transactions never wait for each other.
    unique = {one.user: one for one in people}
    planned = (_plan(session, keys, spoken, wish, unique[key], source=source, now=now) for key in sorted(unique))
    return [row.id for row in planned if row is not None]


def recipients_of(session: Session, warnings: Iterable[uuid.UUID]) -> list[str]:
    """Return who gets these warnings, by user id."""
    asked = list(warnings)
    return list(session.scalars(select(WarningRow.recipient).where(WarningRow.id.in_(asked)))) if asked else []


def withdraw_warnings(session: Session, *, channel: str, ts: str) -> None:
    """Let warnings of a message that is gone again lapse, as far as they were not sent."""
    session.execute(
        update(WarningRow)
        .where(WarningRow.state == WarningState.DUE.value, WarningRow.channel == channel, WarningRow.ts == ts)
        .values(state=WarningState.EXPIRED.value)
    )


def _wish(spoken: Spoken) -> Wish | None:
    """Return what the first policy that wants to warn at all wants to warn of."""
    expected = Direction.INBOUND if spoken.author is None else Direction.OUTBOUND
    if spoken.direction is not expected:
        return None
    kind = WarningKind.READER if spoken.author is None else WarningKind.AUTHOR
    for policy, assessment in spoken.judged:
        labels = [one for one in policy.warning.wants_warning(assessment) if one in _LABELS[kind]]
        signs = tuple(dict.fromkeys(_signs(assessment, labels)))
        if signs:
            return Wish(policy=policy, assessment=assessment, kind=kind, signs=signs)
    return None


def _signs(assessment: Assessment, labels: Sequence[str]) -> Iterable[Sign]:
    for label in labels:
        for one in assessment.findings:
            # A Slack message's subject is its channel's name, which is not its author's doing.
            if one.label == label and one.part != "subject":
                yield Sign(label=label, words=one.quote[:_LONGEST_QUOTE])


def _plan(
    session: Session,
    keys: Keys,
    spoken: Spoken,
    wish: Wish,
    person: Addressee,
    *,
    source: SlackSource,
    now: datetime,
) -> WarningRow | None:
    team, rules = person.team or spoken.team, wish.policy.warning
    serialised(session, f"warning:{person.user}")
    muted = _muted(session, team, person.user, now=now)
    signs = [one for one in wish.signs if one.label not in muted]
    new = _new(session, {one: _onces(keys, spoken, wish.kind, person.user, one) for one in signs})
    # Whoever asks from outside must not use up the day of who gives something away: some of it is for authors alone.
    most = rules.per_day if wish.kind is WarningKind.AUTHOR else (rules.per_day + 1) // 2
    if not new or _count_today(session, team, person, now=now) >= most:
        return None
    row = _row(keys, spoken, wish, person, new, source=source, now=now)
    row.language = _language(session, person, team, source)
    session.add(row)
    session.flush()
    session.add_all(
        WarningSign(once=once, warning_id=row.id) for once in {one for many in new.values() for one in many}
    )
    session.flush()
    return row


def _row(
    keys: Keys,
    spoken: Spoken,
    wish: Wish,
    person: Addressee,
    new: Mapping[Sign, tuple[bytes, ...]],
    *,
    source: SlackSource,
    now: datetime,
) -> WarningRow:
    labels = list(dict.fromkeys(one.label for one in new))
    awake = wish.policy.warning.awake_from(now, offset=person.offset)
    # An author is at the keyboard at that very moment, whatever the hour, so what only shows up next to the message
    # wakes nobody. A direct message rings, and a reader may be asleep: both wait for the morning.
    starts = now if wish.kind is WarningKind.AUTHOR else awake
    row = WarningRow(
        id=uuid.uuid4(),
        once=next(iter(new.values()))[0],
        source=source.name,
        kind=wish.kind.value,
        team=person.team or spoken.team,
        enterprise=spoken.enterprise,
        channel=spoken.channel,
        ts=spoken.ts,
        thread_ts=spoken.thread_ts,
        recipient=person.user,
        counterparty=spoken.counterparty,
        labels=labels,
        severity=wish.assessment.severity.value,
        policy=wish.policy.name,
        lesson=lesson_for(labels[0], wish.kind),
        not_before=starts,
        expires_at=starts + STALE,
        direct_from=awake if awake > now else None,
        created_at=now,
        message_id=spoken.message_id,
        alert_id=spoken.alerts.get(wish.policy.name),
    )
    row.key_id, row.sealed = keys.seal(json.dumps({"quotes": _quotes(new, labels)}), place=f"warning:{row.id}")
    return row


def _onces(keys: Keys, spoken: Spoken, kind: WarningKind, user: str, sign: Sign) -> tuple[bytes, ...]:
    """Hash what makes this sign the same thing as another one, for this person; either hash alone is enough.

    The same words in the same thread (or in the channel, outside its threads) are the same thing, in whichever message.
    So is a label that an edited message still shows, unless it names another figure now. All questions of a thread are
    one to who reads it. It is the same through each of our workspaces that shares the channel.
    """
    thread = spoken.thread_ts if spoken.thread_ts != spoken.ts else ""
    words = " ".join(_WORD.findall(sign.words.casefold()))
    said = ["words", user, spoken.channel, thread, sign.label, words]
    if kind is WarningKind.READER:
        same = ["question", user, spoken.channel, thread or spoken.ts]
    else:
        figures = sorted(set(_FIGURE.findall(sign.words.casefold())))
        same = ["message", user, spoken.channel, spoken.ts, sign.label, *figures]
    return tuple(keys.digest("warning", json.dumps([kind.value, *one])) for one in (said, same))


def _new(session: Session, onces: dict[Sign, tuple[bytes, ...]]) -> dict[Sign, tuple[bytes, ...]]:
    """Return the signs that the person was not warned of yet."""
    asked = {one for many in onces.values() for one in many}
    known = set(session.scalars(select(WarningSign.once).where(WarningSign.once.in_(asked))))
    return {sign: many for sign, many in onces.items() if known.isdisjoint(many)}


def _muted(session: Session, team: str, user: str, *, now: datetime) -> set[str]:
    query = select(WarningMute.label).where(
        WarningMute.team == team, WarningMute.recipient == user, WarningMute.until > now
    )
    return set(session.scalars(query))


def _count_today(session: Session, team: str, person: Addressee, *, now: datetime) -> int:
    """Count the warnings since midnight by the person's clock."""
    offset = timedelta(seconds=person.offset)
    midnight = (now + offset).replace(hour=0, minute=0, second=0, microsecond=0) - offset
    query = select(func.count()).where(
        WarningRow.team == team,
        WarningRow.recipient == person.user,
        WarningRow.created_at >= midnight,
        WarningRow.state.not_in(_UNSEEN),
    )
    return session.scalar(query) or 0


def _quotes(signs: Iterable[Sign], labels: Sequence[str]) -> list[list[str]]:
    """Choose the words to show: of each label the strongest, then the others.

    What of a message is a sealed fact is shown to nobody in Slack, its author included: it would say which is the one.
    """
    quoted = [one for one in signs if one.words.strip() and one.label != SEALED_FACT]
    first = [next((one for one in quoted if one.label == label), None) for label in labels]
    chosen = dict.fromkeys([*(one for one in first if one is not None), *quoted])
    return [[one.label, one.words] for one in list(chosen)[:MOST_QUOTES]]


def _language(session: Session, person: Addressee, team: str, source: SlackSource) -> str:
    """Return the language that the person picked in App Home, else their Slack's, else the company's."""
    learner = session.get(Learner, (team, person.user))
    wanted = (learner.picked if learner is not None else "") or person.language[:2].lower()
    return wanted if wanted in LANGUAGES else source.language


def _lift_answered(session: Session, spoken: Spoken, author: Addressee, *, now: datetime) -> None:
    """Let a question's warning lapse that still waits when its reader has already answered: it came too late."""
    thread = spoken.thread_ts if spoken.thread_ts != spoken.ts else ""
    here = or_(WarningRow.thread_ts == thread, WarningRow.ts == thread) if thread else WarningRow.thread_ts == ""
    session.execute(
        update(WarningRow)
        .where(
            WarningRow.team == (author.team or spoken.team),
            WarningRow.recipient == author.user,
            WarningRow.created_at > now - _LONGEST_WAIT,
            WarningRow.state == WarningState.DUE.value,
            WarningRow.kind == WarningKind.READER.value,
            WarningRow.channel == spoken.channel,
            here,
        )
        .values(state=WarningState.EXPIRED.value)
    )
