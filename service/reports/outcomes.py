"""What became of a report, told to who reported: each status once, noted before it is told."""

import logging
from datetime import timedelta
from threading import Event

from slack_sdk.errors import SlackApiError

from service.errors import FrontdoorError, UndecryptableError
from service.models import AlertStatus, Verdict
from service.reports.models import Report
from service.reports.store import Outcome, claim, outcomes, release, reporter_of
from service.slack.asker import moment
from service.slack.office import Office
from service.slack.repeating import repeat
from service.slack.web import CALL_ERRORS, code_of
from service.slack.wording import Markup, say

log = logging.getLogger("frontdoor.reports")

_LOOK_SECONDS = 5.0
# So long a reviewer may take a step back before anybody hears of it.
SETTLED = timedelta(minutes=2)

_RESOLVED = {
    Verdict.TRUE_POSITIVE: "acted",
    Verdict.FALSE_POSITIVE: "harmless",
    Verdict.BENIGN: "harmless",
    Verdict.DUPLICATE: "duplicate",
    Verdict.INSUFFICIENT_DATA: "unclear",
}
# Slack took nothing, and will take it later.
_LATER = frozenset({"ratelimited", "rate_limited"})


def run_outcomes(office: Office, stop: Event) -> None:
    """Tell reporters what became of their reports, until `stop`."""

    def work() -> float:
        tell_outcomes(office, stop)
        return _LOOK_SECONDS

    repeat("the outcome of reports", work, stop, failed=_LOOK_SECONDS)


def tell_outcomes(office: Office, stop: Event) -> int:
    """Tell every reporter what they have not heard; returns how many messages Slack took."""
    with office.database.transaction(write=False) as session:
        due = outcomes(session, office.source.name, before=office.clock() - SETTLED)
    told = 0
    for outcome in due:
        if stop.is_set():
            break
        with office.database.transaction() as session:
            is_ours = claim(session, outcome)
        if is_ours:
            told += _tell(office, outcome)
    return told


def _tell(office: Office, outcome: Outcome) -> bool:
    row = outcome.report
    try:
        client = office.workspaces.client(row.team, row.enterprise)
        client.chat_postMessage(
            channel=reporter_of(office.keys, row), text=_text(outcome), unfurl_links=False, unfurl_media=False
        )
    except (FrontdoorError, *CALL_ERRORS) as error:
        log.warning("the reporter of %s can't be told: %s", row.id, code_of(error))
        if _is_later(error):
            with office.database.transaction() as session:
                release(session, outcome)
        return False
    return True


def _is_later(error: BaseException) -> bool:
    if isinstance(error, SlackApiError):
        return code_of(error) in _LATER
    return isinstance(error, FrontdoorError) and not isinstance(error, UndecryptableError)


def _text(outcome: Outcome) -> str:
    row = outcome.report
    name = outcome.status.value
    if outcome.status is AlertStatus.RESOLVED and outcome.verdict in set(Verdict):
        name = _RESOLVED[Verdict(outcome.verdict)]
    return say(row.language, f"outcome.{name}", what=_what(row), date=moment(row.reported_at))


def _what(row: Report) -> Markup:
    if not row.channel:
        return Markup(say(row.language, "outcome.what_words"))
    if not row.channel.startswith("C"):
        return Markup(say(row.language, "outcome.what_message"))
    return Markup(say(row.language, "outcome.what_channel", channel=Markup(f"<#{row.channel}>")))
