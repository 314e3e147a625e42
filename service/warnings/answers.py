"""What people answer to a warning: found, claimed once, and passed on to the reviewers."""

import json
import uuid
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from detectors.scoring import Policy
from detectors.warning_rules import WarningRules
from service.alerts.contents import open_content
from service.alerts.reviews import add_review
from service.alerts.schemas import ReviewIn
from service.audit.store import Action, record
from service.crypto import Keys
from service.errors import UndecryptableError
from service.models import Alert, MessageRow
from service.negotiations.secrecy import withheld
from service.warnings.models import Answer, WarningKind, WarningMute, WarningRow, WarningState

# Never sent, so that no button of theirs can have been pressed.
_UNSEEN = frozenset({WarningState.DUE.value, WarningState.EXPIRED.value})


def find_warning(session: Session, warning_id: str) -> WarningRow | None:
    """Return a warning by its id as text; None for a text that is no id, too."""
    try:
        return session.get(WarningRow, uuid.UUID(warning_id))
    except ValueError:
        return None


def is_over(warning: WarningRow) -> bool:
    """Tell whether nobody can have seen this warning."""
    return warning.state in _UNSEEN


def claim_answer(session: Session, warning_id: uuid.UUID, answer: Answer, *, now: datetime) -> bool:
    """Put the first answer on record; tells whether this was it."""
    changed = session.execute(
        update(WarningRow)
        .where(WarningRow.id == warning_id, WarningRow.answer.is_(None))
        .values(answer=answer.value, answered_at=now)
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined] # an UPDATE's result has one


def release_answer(session: Session, warning_id: uuid.UUID, answer: Answer) -> None:
    """Take an answer off the record again that came to nothing."""
    session.execute(
        update(WarningRow)
        .where(WarningRow.id == warning_id, WarningRow.answer == answer.value)
        .values(answer=None, answered_at=None)
    )


def pass_on(session: Session, keys: Keys, warning: WarningRow, words: str, *, name: str, now: datetime) -> bool:
    """Note what somebody said to a warning on its alert, whose status stays; tells whether there is an alert.

    Without one the words are kept, sealed, with the warning. Call it last in a transaction.
    """
    alert = warning.alert_id
    if alert is not None and session.scalar(select(Alert.id).where(Alert.id == alert)) is not None:
        part = "author" if warning.kind == WarningKind.AUTHOR else "reader"
        add_review(session, keys, alert, ReviewIn(note=words), reviewer=f"{name} via Slack ({part})", now=now)
        return True
    content = json.dumps({**_opened(keys, warning), "said": words}, ensure_ascii=False)
    key_id, sealed = keys.seal(content, place=warning_place(warning.id))
    session.execute(update(WarningRow).where(WarningRow.id == warning.id).values(key_id=key_id, sealed=sealed))
    return False


def quotes_of(
    session: Session, keys: Keys, warning: WarningRow, *, to_recipient: bool = False
) -> list[tuple[str, str]]:
    """Return the labels and words that a warning is about; none once its message's text is gone.

    None, too, where the message holds a sealed fact, unless they are shown `to_recipient` and are their own words.
    """
    kept = session.get(MessageRow, warning.message_id) if warning.message_id is not None else None
    if kept is not None and open_content(keys, kept.id, kept.key_id, kept.sealed).text is None:
        return []
    is_own = to_recipient and warning.kind == WarningKind.AUTHOR
    if kept is not None and not is_own and withheld(session, [kept.id], None):
        return []
    quotes = _opened(keys, warning).get("quotes")
    return [(str(label), str(words)) for label, words in quotes] if isinstance(quotes, list) else []


def rules_of(policies: tuple[Policy, ...], warning: WarningRow) -> WarningRules:
    """Return the rules of the policy that a warning was made by; those of any policy where it is not active now."""
    found = next((one.warning for one in policies if one.name == warning.policy), None)
    return found or WarningRules()


def muted_until(session: Session, warning: WarningRow) -> datetime | None:
    """Return until when at least one label of a warning stays silent for its recipient."""
    query = select(func.min(WarningMute.until)).where(
        WarningMute.team == warning.team,
        WarningMute.recipient == warning.recipient,
        WarningMute.label.in_(warning.labels),
    )
    return session.scalar(query)


def note_refused(session: Session, *, actor: str, warning_id: uuid.UUID, action: str, now: datetime) -> None:
    """Put on record that somebody tried to answer another person's warning."""
    detail = {"action": action}
    record(session, actor=actor, action=Action.WARNING_REFUSED, object=str(warning_id), detail=detail, now=now)


def warning_place(warning_id: uuid.UUID) -> str:
    """Name the place that a warning's words are sealed for."""
    return f"warning:{warning_id}"


def _opened(keys: Keys, warning: WarningRow) -> dict[str, object]:
    if warning.sealed is None or warning.key_id is None:
        return {}
    try:
        content = json.loads(keys.open(warning.key_id, warning.sealed, place=warning_place(warning.id)))
    except UndecryptableError:
        return {}
    return content if isinstance(content, dict) else {}
