"""What is said once after a redirect: a code in a short-lived signed cookie, never a user's words."""

import base64
import binascii
import hmac
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.console import words
from service.crypto import Keys

COOKIE = "frontdoor_said"
LIFETIME = timedelta(minutes=1)

_PURPOSE = "console flash"
_GOOD = {
    "undone": "The review was taken back.",
    "note": "The note was saved.",
    "token-revoked": "The token was revoked. It no longer lets anybody in.",
    "user-added": "The user was added. Make a sign-in link for them below.",
    "user-changed": "The user's roles were saved.",
    "slack-linked": "The Slack person was saved. What they press in Slack counts as this user's.",
    "slack-unlinked": "The Slack person was taken away. The user no longer acts from Slack.",
    "negotiation-added": "The negotiation was registered. It counts from the next messages on.",
    "template-added": "The template was saved. Negotiations can begin from it; nothing is detected by it.",
    "negotiation-changed": "The negotiation was saved. It counts from the next messages on.",
    "negotiation-archived": "The negotiation was archived. Nothing is detected by it any more; all of it is kept.",
    "negotiation-restored": "The negotiation was restored. It counts from the next messages on.",
    "negotiation-published": "What all bidders were told was added.",
    "rate-set": "The exchange rate was saved.",
    "rate-deleted": "The exchange rate was deleted.",
    "domain-assigned": "The domain was assigned. It counts from the next messages on.",
    "domain-unassigned": "The assignment was taken back.",
    "plan-claimed": "You hold this plan now. Nobody but you and whom you admit can open it.",
    "plan-added": "The entry was added. It is looked for from the next messages on.",
    "note-added": "The entry was added. A note is not looked for.",
    "note-changed": "The entry was changed. A note is not looked for.",
    "plan-changed": "The entry was changed. It is looked for from the next messages on.",
    "plan-removed": "The entry was removed. It is no longer looked for.",
    "plan-handed-over": "The plan was handed over. It is no longer open to you.",
    "plan-destroyed": "The plan was destroyed. What it had sealed stays withheld.",
    "holder-admitted": "They open this plan now.",
    "holder-removed": "They no longer open this plan.",
    "address-assigned": "The address was assigned. It counts from the next messages on.",
    "person-added": "The person was added. Say the rest below.",
    "person-changed": "The person was saved. It counts from the next messages on.",
    "party-added": "The counterparty was added. Say the rest below.",
    "party-changed": "The counterparty was saved. It counts from the next messages on.",
    "party-deleted": "The counterparty was deleted.",
    "imported": "The file was imported, exactly as it was shown.",
    "address-linked": "The mail address was saved. The register knows this user by it.",
    "address-unlinked": "The mail address was taken away. The register no longer knows this user.",
    "ledger-changed": "The entry was saved.",
    "ledger-undone": "The last edit was taken back.",
    "ledger-added": "The entry was added to the ledger.",
    "user-disabled": "The user was disabled and signed out everywhere.",
    "user-enabled": "The user may sign in again.",
}
_BAD = {
    "none-selected": "Select at least one alert first.",
    "no-step": "Say what the alerts are to be reviewed as.",
    "no-note": "There was no note to save.",
    "not-undone": "Only the last step can be taken back, and the alert has changed since.",
    "changed": "The alert has changed since you looked at it. Look again, then review it.",
    "entry-changed": "The entry has changed since you looked at it. Look again, then change it.",
    "last-holder": "You are the last holder who can sign in: hand the plan over, or destroy it.",
    "not-in-team": "Only somebody who leads this negotiation or is in its team can hold its plan.",
    "plan-held": "This plan has holders already: they alone admit others.",
    "holders-left": "A holder can still sign in: they alone can destroy this plan.",
    "not-confirmed": "Nothing was destroyed: tick the box to confirm.",
    "last-administrator": "That would leave nobody to administer this. Make another administrator first.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flash:
    """What to say, and which reviews an undo button beside it takes back."""

    text: str
    bad: bool = False
    undo: tuple[uuid.UUID, ...] = ()


def write_flash(keys: Keys, code: str, *, now: datetime, count: int = 0, reviews: Sequence[uuid.UUID] = ()) -> str:
    """Make the cookie's value. `count` and `reviews` belong to a step's code: a verdict or a status."""
    undo = [base64.urlsafe_b64encode(one.bytes).decode().rstrip("=") for one in reviews]
    text = json.dumps([code, int(now.timestamp()), count, undo], separators=(",", ":"))
    return f"{base64.urlsafe_b64encode(text.encode()).decode()}.{keys.digest(_PURPOSE, text).hex()}"


def read_flash(keys: Keys, value: str | None, *, now: datetime) -> Flash | None:
    """Read the cookie's value; None when there is none, or it is old, or not ours."""
    encoded, _, signature = (value or "").partition(".")
    try:
        text = base64.b64decode(encoded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    if not hmac.compare_digest(keys.digest(_PURPOSE, text).hex().encode(), signature.encode()):
        return None
    code, at, count, undo = json.loads(text)
    if not 0 <= now.timestamp() - at <= LIFETIME.total_seconds():
        return None
    return _flash(code, count, tuple(uuid.UUID(bytes=base64.urlsafe_b64decode(one + "==")) for one in undo))


def _flash(code: str, count: int, undo: tuple[uuid.UUID, ...]) -> Flash | None:
    if code in _BAD:
        return Flash(text=_BAD[code], bad=True)
    if code in _GOOD:
        return Flash(text=_GOOD[code])
    many = words.counted(count, "alert")
    if code in words.VERDICTS:
        return Flash(text=f"{many} resolved as {words.title(words.VERDICTS, code).lower()}.", undo=undo)
    if code in words.STATUSES:
        return Flash(text=f"{many} set to {words.title(words.STATUSES, code).lower()}.", undo=undo)
    return None
