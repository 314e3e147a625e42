"""The command `/frontdoor`: what is read here and why, and a way to report. Only who types it sees the answer."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App
from sqlalchemy import select
from sqlalchemy.orm import Session

from detectors.finding import Label
from service.directory.store import load_directory
from service.errors import FrontdoorError
from service.reports.reporting import open_report
from service.slack.asker import Asker, asker_of, is_outsider, language_of
from service.slack.consent_command import CONSENT_WORDS, answer_consent
from service.slack.consents import has_consented
from service.slack.models import ChannelState, SlackRoom
from service.slack.office import Office
from service.slack.web import CALL_ERRORS, code_of
from service.slack.wording import Markup, cut, labels_in_words, plain, say

log = logging.getLogger("frontdoor.slack")

COMMAND = "/frontdoor"

_MOST_NAMED = 10
_LONGEST_WORD, _LONGEST_NAME = 40, 80
_STATES = {
    ChannelState.INTERNAL: "about.internal",
    ChannelState.ARCHIVED: "about.archived",
    ChannelState.LEFT: "about.left",
}


def listen(app: App, office: Office) -> None:
    """Answer the command."""
    app.command(COMMAND)(_typed(office))


def _typed(office: Office) -> Callable[..., None]:
    def typed(ack: Ack, body: Mapping[str, Any]) -> None:
        asker = asker_of(body)
        language = language_of(office, asker)
        word, _, rest = str(body.get("text") or "").strip().partition(" ")
        if word.lower() == "report":
            opened = open_report(office, asker, language, words=rest)
            ack() if opened else ack(text=say(language, "report.no_form"), response_type="ephemeral")
            return
        if word.lower() == "about":
            text = about(office, asker, language)
        elif word.lower() in CONSENT_WORDS:
            text = answer_consent(office, asker, language, word.lower())
        elif word.lower() in {"", "help"}:
            text = plain(language, "help.text")
        else:
            unknown = say(language, "help.unknown", word=cut(word, _LONGEST_WORD))
            text = f"{unknown}\n{plain(language, 'help.text')}"
        ack(text=text, response_type="ephemeral")

    return typed


def about(office: Office, asker: Asker, language: str) -> str:
    """Say whether the channel is read that a person asks in, and what that means for them.

    Whoever is from outside learns what becomes of their words, but neither what is looked for nor how firms are called.
    """
    retention, outside = office.settings.retention, is_outsider(office, asker)
    with office.database.transaction(write=False) as session:
        here = _here(office, session, asker, language, outside=outside)
        read = _read_channels(session)
    labels = dict.fromkeys(label for policy in office.policies for label, weight in policy.weights.items() if weight)
    known = [label for label in Label if label in labels]
    contact = office.source.contact or plain(language, "about.object_unnamed")
    kept = {"hours": retention.text_hours, "headers": retention.header_days, "alerts": retention.alert_days}
    parts = (
        here or _as_slack_says(office, asker, language),
        "" if outside else say(language, "about.looks_for", labels=labels_in_words(language, known)),
        say(language, "about.who"),
        say(language, "about.kept", **kept),
        "" if outside else _own_channels(office, asker, language, read),
        say(language, "about.object", contact=contact),
        "" if outside else say(language, "about.report"),
    )
    return "\n".join(part for part in parts if part)


def _here(office: Office, session: Session, asker: Asker, language: str, *, outside: bool) -> str:
    """Say what is on record of the channel; empty where nothing is."""
    room = session.get(SlackRoom, (asker.team, asker.channel))
    if room is None:
        query = select(SlackRoom).where(SlackRoom.channel == asker.channel).order_by(SlackRoom.noted_at.desc())
        room = session.scalars(query.limit(1)).first()
    if room is None:
        if not asker.channel.startswith("D"):
            return ""
        own = has_consented(session, asker.team, asker.user)
        return say(language, "about.direct_own" if own else "about.direct")
    if room.state != ChannelState.READ:
        return say(language, _STATES[ChannelState(room.state)])
    firms = [] if outside else _firms(office, session, room)
    return say(language, "about.read", firms=", ".join(firms)) if firms else say(language, "about.read_unknown")


def _firms(office: Office, session: Session, room: SlackRoom) -> list[str]:
    directory = load_directory(session, office.settings.company.own_domains)
    parties = (directory.counterparty(f"somebody@{domain}") for domain in room.outsiders.split())
    names = sorted({cut(party.name, _LONGEST_NAME) for party in parties if party is not None})
    more = [f"+{len(names) - _MOST_NAMED}"] if len(names) > _MOST_NAMED else []
    return names[:_MOST_NAMED] + more


def _as_slack_says(office: Office, asker: Asker, language: str) -> str:
    """Say of a channel that nothing was heard from whether the app is in it."""
    try:
        client = office.workspaces.client(asker.team, asker.enterprise)
        channel = client.conversations_info(channel=asker.channel)["channel"]
        is_member = channel.get("is_member") is True and not channel.get("is_archived")
    except (FrontdoorError, *CALL_ERRORS) as error:
        log.info("a channel can't be looked at: %s", code_of(error))
        is_member = False
    return say(language, "about.quiet" if is_member else "about.not_read")


def _read_channels(session: Session) -> frozenset[str]:
    query = select(SlackRoom.channel).where(SlackRoom.state == ChannelState.READ.value)
    return frozenset(session.scalars(query))


def _own_channels(office: Office, asker: Asker, language: str, read: frozenset[str]) -> str:
    """Name the channels that are read and that the person is in; nothing where Slack does not say."""
    try:
        client = office.workspaces.client(asker.team, asker.enterprise)
        answer = client.users_conversations(
            user=asker.user, types="public_channel,private_channel", exclude_archived=True, limit=999
        )
        own = [str(one["id"]) for one in answer["channels"] if one["id"] in read]
    except (FrontdoorError, *CALL_ERRORS) as error:
        log.info("a person's channels can't be listed: %s", code_of(error))
        return ""
    if not own:
        return say(language, "about.no_others")
    names = Markup(", ".join(f"<#{channel}>" for channel in own[:_MOST_NAMED]))
    if len(own) > _MOST_NAMED:
        names = Markup(say(language, "about.others_more", channels=names, more=len(own) - _MOST_NAMED))
    return say(language, "about.others", count=len(own), channels=names)
