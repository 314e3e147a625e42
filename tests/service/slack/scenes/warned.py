"""What people are told of their own messages and of questions, and what its buttons answer."""

import itertools
import json
from dataclasses import replace

from sqlalchemy import delete

from detectors.finding import Label
from service.slack.installs import forget_consent, save_consent
from service.warnings.delivery import deliver
from service.warnings.models import WarningRow
from service.warnings.plan import plan_warnings
from service.warnings.spoken import Addressee
from tests.fakes.alerts import add_case
from tests.service.slack.scenes.stage import POLICIES
from tests.service.warnings.speaking import found, know, said

_LEAKS = tuple(label for label in Label if label is not Label.ELICITATION)
_numbers = itertools.count(1)


def play(stage):
    """Warn of each label, of many at once, by both ways; then press every button."""
    for direct in (False, True):
        way = "direct" if direct else "next to it"
        for label in _LEAKS:
            stage.begin(f"warning/{label}/{way}")
            _warn(stage, label, direct=direct)
        stage.begin(f"warning/{Label.ELICITATION}/{way}")
        _warn(stage, Label.ELICITATION, direct=direct)
        stage.begin(f"warning/all labels/{way}")
        _warn(stage, *_LEAKS, direct=direct)
        stage.begin(f"warning/two labels/{way}")
        _warn(stage, Label.BUDGET, Label.TIMELINE, direct=direct, apart=True)
        stage.begin(f"warning/without words/{way}")
        _warn(stage, Label.BUDGET, direct=direct, words=" \n ")
    stage.begin("warning/direct/without a link")
    stage.slack.fault("chat.getPermalink", error="internal_error")
    _warn(stage, Label.BUDGET, direct=True)
    for act in (_why, _authorised, _ask, _not_a_problem, _delete, _delete_by_token, _not_theirs, _gone):
        act(stage)


def _warn(stage, *labels, direct=False, words="", apart=False, alerted=True, firm=None, policy=POLICIES[0]):
    """Let a message be said and its author, or for a question its reader, be warned; returns what they see."""
    number = next(_numbers)
    question = labels == (Label.ELICITATION,)
    words = words or stage.words(f"our budget is {number},000 euros")
    spans = [f"{number} {words}", *(f"{number}.{place} {words}" for place in range(2))] if words.strip() else [words]
    findings = [found(label, f"{label} {span}"[:400] if apart else span[:400]) for span in spans for label in labels]
    root = stage.slack.world.post("C1", "U2", "Good morning.")
    ts = stage.slack.world.post("C1", "U2" if question else "U1", words, thread=root)
    person = Addressee(user="U1", team="T1", name="Anna", address="u1@ourco.example", language=stage.language)
    with stage.database.transaction() as session:
        alert = add_case(session, stage.office.keys) if alerted else None
        spoken = said(
            *findings,
            policies=(policy,),
            ts=ts,
            thread=root,
            author=None if question else person,
            listeners=(person,),
            at=stage.now,
            alerts={policy.name: alert} if alert else {},
            counterparty=stage.words("Norvik Metall", 200) if firm is None else firm,
        )
        [warning] = plan_warnings(session, stage.office.keys, spoken, source=stage.office.source, now=stage.now)
    if direct:
        stage.slack.fault("chat.postEphemeral", error="user_not_in_channel")
        kept = list(stage.kept)
        deliver(stage.office, warning)
        # What Slack refused nobody has seen.
        stage.forget(kept)
    deliver(stage.office, warning)
    if direct:
        return stage.slack.messages(stage.slack.world.direct("UBOT", "U1").id)[-1]
    return stage.seen()


def _prepare(stage, *labels, **more):
    """Warn somebody without taking it down once more: what a button of it does is the matter."""
    kept = list(stage.kept)
    seen = _warn(stage, *labels, **more)
    stage.forget(kept)
    return seen


def _press(stage, place, button, user="U1"):
    stage.slack.press(user, place, f"warning.{button}")


def _submit(stage, form, **values):
    stage.slack.submit("U1", f"warning.{form}", values)


def _why(stage):
    for alerted in (True, False):
        seen = _prepare(stage, *_LEAKS, alerted=alerted)
        stage.begin(f"why/{'alerted' if alerted else 'no alert'}")
        _press(stage, seen, "why")
    with stage.staffed(contact=""):
        seen = _prepare(stage, Label.BUDGET)
        stage.begin("why/without a contact")
        _press(stage, seen, "why")
        stage.begin("why/does not open")
        stage.slack.fault("views.open", error="expired_trigger_id")
        _press(stage, seen, "why")


def _authorised(stage):
    for alerted in (True, False):
        seen = _prepare(stage, Label.TIMELINE, alerted=alerted)
        stage.begin(f"authorised/{'alerted' if alerted else 'no alert'}")
        _press(stage, seen, "authorised")
        _submit(stage, "authorised", reason=" \n ")
        _press(stage, seen, "authorised")
        _submit(stage, "authorised", reason=stage.words("agreed with Mara", 1000))
        _submit(stage, "authorised", reason="once more")
        _press(stage, seen, "authorised")
    seen = _prepare(stage, Label.TIMELINE)
    stage.begin("authorised/does not open")
    stage.slack.fault("views.open", error="expired_trigger_id")
    _press(stage, seen, "authorised")


def _ask(stage):
    for label in (Label.ELICITATION, Label.COMMITMENT):
        seen = _prepare(stage, label)
        stage.begin(f"ask/{label}")
        _press(stage, seen, "ask")
        _press(stage, seen, "ask")
    seen = _prepare(stage, *_LEAKS)
    stage.begin("ask/all labels")
    _press(stage, seen, "ask")
    for error in ("not_in_channel", "internal_error"):
        seen = _prepare(stage, Label.ELICITATION)
        stage.begin(f"ask/{error}")
        stage.slack.fault("chat.postMessage", error=error)
        _press(stage, seen, "ask")
    seen = _prepare(stage, Label.ELICITATION)
    stage.begin("ask/without a link")
    stage.slack.fault("chat.getPermalink", error="internal_error")
    _press(stage, seen, "ask")
    seen = _prepare(stage, Label.ELICITATION, firm="")
    stage.begin("ask/about nobody known")
    _press(stage, seen, "ask")
    many = {f"buyer{number}": f"U{number}" for number in range(9)}
    team = tuple(f"{one}@ourco.example" for one in stage.pick(["buyer1"], many))
    know(stage.office, slack_ids=many, lead="buyer0@ourco.example", team=team)
    seen = _prepare(stage, Label.ELICITATION, firm="Norvik Metall")
    stage.begin("ask/about a firm that is negotiated with")
    _press(stage, seen, "ask")
    for contact in (None, ""):
        with stage.staffed(procurement=None, **({} if contact is None else {"contact": contact})):
            seen = _prepare(stage, Label.ELICITATION)
            stage.begin(f"ask/nobody there{', nor a contact' if contact == '' else ''}")
            _press(stage, seen, "ask")


def _not_a_problem(stage):
    for policy, label in zip(POLICIES, (Label.INNOVATION, Label.LEVERAGE), strict=True):
        seen = _prepare(stage, label, policy=policy)
        stage.begin(f"not a problem/{policy.name}")
        _press(stage, seen, "not_a_problem")
        _press(stage, seen, "not_a_problem")


def _delete(stage):
    seen = _prepare(stage, Label.SPECIFICATION)
    stage.begin("delete/by hand")
    _press(stage, seen, "delete")
    stage.slack.fault("chat.getPermalink", error="internal_error")
    _press(stage, seen, "delete")
    seen = _prepare(stage, Label.ELICITATION)
    stage.begin("delete/another's message")
    forged = json.loads(json.dumps(seen.blocks).replace("warning.ask", "warning.delete"))
    _press(stage, replace(seen, blocks=forged), "delete")


def _delete_by_token(stage):
    with stage.database.transaction() as session:
        given = {"token": "xoxp-made-up-1", "scopes": ["chat:write"], "now": stage.now}
        save_consent(session, stage.office.keys, "T1", "U1", **given)
    stage.slack.world.grant("xoxp-made-up-1", "U1")
    for fault in ("", "message_not_found", "cant_delete_message"):
        seen = _prepare(stage, Label.SPECIFICATION)
        stage.begin(f"delete/by their token{fault and ', '}{fault}")
        _press(stage, seen, "delete")
        if fault:
            stage.slack.fault("chat.delete", error=fault)
        _submit(stage, "delete")
    seen = _prepare(stage, Label.SPECIFICATION)
    _press(stage, seen, "delete")
    with stage.database.transaction() as session:
        forget_consent(session, "T1", "U1")
    stage.begin("delete/by a token that is gone")
    _submit(stage, "delete")


def _not_theirs(stage):
    seen = _prepare(stage, Label.BUDGET)
    stage.begin("another's warning")
    _press(stage, seen, "delete", user="U5")
    stage.begin("another's warning, answered by direct message")
    stage.slack.deaf = True
    _press(stage, seen, "delete", user="U5")
    stage.slack.deaf = False


def _gone(stage):
    seen = _prepare(stage, Label.BUDGET)
    stage.begin("an expired warning")
    _press(stage, seen, "authorised")
    with stage.database.transaction() as session:
        session.execute(delete(WarningRow))
    _press(stage, seen, "ask")
    _submit(stage, "authorised", reason="too late")
