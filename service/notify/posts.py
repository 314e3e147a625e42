"""Alerts into procurement's channel: each posted at most once each time it opens, and kept up to date.

Alerts are followed by their events, from a cursor on. What opens becomes due; a due post is claimed in a transaction of
its own, then sent, and what came of it is written down. A claim that a crash leaves behind is never repeated. A post
that is behind what happened is shown anew, and that may be repeated.
"""

import json
import logging
import threading
import uuid
from collections import Counter
from collections.abc import Sequence

from sqlalchemy.orm import Session

from detectors.scoring import Severity
from service.crypto import Keys
from service.errors import FrontdoorError
from service.notify.blocks import Post, alert_post, flood_post, reopened_text
from service.notify.card import Card, read_card
from service.notify.channel import Answer, Channel, Heard
from service.notify.models import ChannelPost, PostState
from service.notify.store import (
    claim,
    claim_reply,
    conclude,
    drop_closed,
    due_posts,
    follow_alerts,
    give_up_claims,
    has_work,
    note_late_warnings,
    note_shown,
    overview,
    posts_behind,
    posts_of,
    release_reply,
)
from service.settings import SlackSource
from service.slack.office import Office
from service.slack.repeating import repeat

log = logging.getLogger("frontdoor.notify")

# More than these at once nobody reads one by one.
FLOOD = 20
_MOST_COUNTERPARTIES = 5
_MOST_UPDATES = 10
_BREATH_SECONDS, _LOOK_SECONDS, _SHUT_SECONDS, _FAILED_SECONDS = 0.05, 1.0, 60.0, 30.0
_GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found"})


def run_posts(office: Office, stop: threading.Event, *, pace: float = 1.0) -> None:
    """Post alerts into procurement's channel, and keep them up to date, until `stop`; `pace` is seconds a message."""
    if office.source.procurement is None:
        return
    channel = Channel(office, stop=stop, pace=pace)

    def work() -> float:
        return max(post_news(office, channel), _BREATH_SECONDS)

    repeat("procurement's channel", work, stop, failed=_FAILED_SECONDS)


def post_news(office: Office, channel: Channel) -> float:
    """Do what there is to do; returns how many seconds nothing more can be done."""
    procurement = office.source.procurement
    assert procurement is not None
    name, where, now = office.source.name, procurement.channel, office.clock()
    with office.database.transaction(write=False) as session:
        if not has_work(session, name, where, elsewhere=_elsewhere(office), now=now):
            return _LOOK_SECONDS
    try:
        team = channel.team()
    except FrontdoorError as error:
        log.warning("procurement's channel: %s", error)
        return _SHUT_SECONDS
    policies = procurement.policies or tuple(policy.name for policy in office.policies)
    with office.database.transaction() as session:
        more = follow_alerts(session, name, where, team=team, policies=policies, now=now)
        give_up_claims(session, now=now)
        drop_closed(session, where)
        note_late_warnings(session, now=now)
    if more:
        return 0.0
    return max(_post_due(office, channel, where), _update_behind(office, channel))


def show_again(office: Office, channel: Channel, alert_id: uuid.UUID) -> None:
    """Bring an alert's posts up to date at once."""
    with office.database.transaction(write=False) as session:
        posts = [one for one in posts_of(session, alert_id) if one.channel not in _elsewhere(office)]
    for post in posts:
        _update(office, channel, post)


def _post_due(office: Office, channel: Channel, where: str) -> float:
    with office.database.transaction(write=False) as session:
        posts = due_posts(session, where)
    if len(posts) > FLOOD:
        return _sum_up(office, channel, posts)
    for post in posts:
        if not channel.ready():
            return 0.0
        answer = _post(office, channel, post)
        if answer is not None and answer.heard in {Heard.LATER, Heard.SHUT}:
            return answer.wait or _SHUT_SECONDS
    return 0.0


def _post(office: Office, channel: Channel, post: ChannelPost) -> Answer | None:
    with office.database.transaction(write=False) as session:
        card = read_card(session, office.keys, post.alert_id)
    if card is None or not card.is_open:
        return None
    made = _made(office, channel, card)
    with office.database.transaction() as session:
        if not claim(session, [card.id], post.channel, now=office.clock()):
            return None
    answer = channel.post(post.team, post.channel, made)
    shown = {"ts": answer.ts, "told": card.event, "reopened": card.reopened, "shown": _hash(office.keys, made)}
    _conclude(office, [card.id], post.channel, answer, PostState.POSTED, **shown)
    return answer


def _sum_up(office: Office, channel: Channel, posts: Sequence[ChannelPost]) -> float:
    if not channel.ready():
        return 0.0
    where, team = posts[0].channel, posts[0].team
    with office.database.transaction() as session:
        mine = claim(session, [post.alert_id for post in posts], where, now=office.clock())
        made = _flood(session, office, mine)
    if not mine:
        return 0.0
    answer = channel.post(team, where, made)
    _conclude(office, mine, where, answer, PostState.SUMMED)
    return 0.0 if answer.heard is Heard.TAKEN else answer.wait or _SHUT_SECONDS


def _flood(session: Session, office: Office, alerts: Sequence[uuid.UUID]) -> Post:
    rows = overview(session, alerts)
    severities = Counter(severity for severity, _ in rows)
    return flood_post(
        len(rows),
        {one.value: severities[one.value] for one in reversed(Severity)},
        Counter(counterparty for _, counterparty in rows).most_common(_MOST_COUNTERPARTIES),
        language=office.source.language,
        base=office.settings.server.public_url,
    )


def _conclude(
    office: Office, alerts: Sequence[uuid.UUID], where: str, answer: Answer, done: PostState, **shown: object
) -> None:
    state = {
        Heard.TAKEN: done,
        Heard.LATER: PostState.DUE,
        Heard.SHUT: PostState.DUE,
        Heard.REFUSED: PostState.FAILED,
        Heard.UNSURE: PostState.FAILED,
    }[answer.heard]
    if answer.heard is not Heard.TAKEN:
        log.warning("procurement's channel: %d alerts were not posted (%s)", len(alerts), answer.code)
    failure = "" if answer.heard in {Heard.TAKEN, Heard.LATER} else answer.code
    with office.database.transaction() as session:
        told = shown if answer.heard is Heard.TAKEN else {}
        conclude(session, alerts, where, state, now=office.clock(), failure=failure, **told)


def _update_behind(office: Office, channel: Channel) -> float:
    with office.database.transaction(write=False) as session:
        posts = posts_behind(session, elsewhere=_elsewhere(office), limit=_MOST_UPDATES)
    for post in posts:
        if not channel.ready():
            return 0.0
        answer = _update(office, channel, post)
        if answer is not None and answer.heard in {Heard.LATER, Heard.UNSURE}:
            return answer.wait or _LOOK_SECONDS
    return 0.0


def _elsewhere(office: Office) -> set[str]:
    """Name the channels that other sources' apps look after: this one's may not be in them."""
    others = (one for one in office.settings.source if isinstance(one, SlackSource) and one.name != office.source.name)
    return {one.procurement.channel for one in others if one.procurement is not None}


def _update(office: Office, channel: Channel, post: ChannelPost) -> Answer | None:
    """Show a post anew where it differs from what it shows; None when there was nothing to say."""
    with office.database.transaction(write=False) as session:
        card = read_card(session, office.keys, post.alert_id)
    if card is None:
        return None
    made = _made(office, channel, card)
    shown = _hash(office.keys, made)
    answer = channel.update(post.team, post.channel, post.ts, made) if shown != post.shown else None
    if answer is None or answer.heard is Heard.TAKEN:
        with office.database.transaction() as session:
            note_shown(session, post, told=max(card.event, post.event), shown=shown, now=office.clock())
        return _tell_reopened(office, channel, post, card) or answer
    if answer.heard in {Heard.SHUT, Heard.REFUSED}:
        # Deleted in Slack, or out of reach: it is left as it is until something else happens to the alert.
        gone = answer.code in _GONE
        with office.database.transaction() as session:
            state = PostState.REMOVED if gone else PostState.POSTED
            told = max(card.event, post.event)
            conclude(session, [card.id], post.channel, state, now=office.clock(), failure=answer.code, told=told)
    return answer


def _tell_reopened(office: Office, channel: Channel, post: ChannelPost, card: Card) -> Answer | None:
    if card.reopened <= post.reopened or not card.is_open:
        return None
    if not channel.ready():
        return None
    with office.database.transaction() as session:
        if not claim_reply(session, post, card.reopened):
            return None
    text = reopened_text(card, language=office.source.language)
    answer = channel.post(post.team, post.channel, Post(text=text, blocks=()), thread=post.ts)
    if answer.heard is Heard.LATER:
        with office.database.transaction() as session:
            release_reply(session, post)
    return answer


def _made(office: Office, channel: Channel, card: Card) -> Post:
    return alert_post(
        card,
        language=office.source.language,
        base=office.settings.server.public_url,
        permalink=channel.link(card.place),
    )


def _hash(keys: Keys, post: Post) -> bytes:
    return keys.digest("channel_post", json.dumps([post.text, post.blocks], sort_keys=True))
