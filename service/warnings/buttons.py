"""What the buttons of a warning do: each answers privately, and a warning's first answer is the one that counts."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from slack_bolt import Ack, App

from service.slack.asker import Asker, asker_of, language_of, open_form, profile_of, tell
from service.slack.modals import LONGEST_TITLE, reading, typed
from service.slack.office import Office
from service.slack.wording import labels_in_words, plain, say
from service.warnings import answers, blocks
from service.warnings.asking import Asked, ask_procurement
from service.warnings.deleting import delete_message, delete_modal, has_own_token, how_to_delete
from service.warnings.models import Answer, WarningKind, WarningRow
from service.warnings.mutes import mute_after
from service.warnings.wording import cut, text_of, wording_of

Body = Mapping[str, Any]
Act = Callable[[Office, Asker, WarningRow], None]

# Written for the reviewers, whose console is in English.
_HARMLESS = "Not a problem, in this person's view."
_AUTHORISED = "Authorised, this person says: {reason}"


def listen(app: App, office: Office) -> None:
    """Answer the buttons of warnings, and the forms that they open."""
    acts: dict[str, Act] = {
        blocks.DELETE: _delete,
        blocks.AUTHORISED: _authorised,
        blocks.ASK: _ask,
        blocks.NOT_A_PROBLEM: _not_a_problem,
        blocks.WHY: _why,
    }
    for action, act in acts.items():
        app.action(action)(_pressed(office, action, act))
    app.view(blocks.AUTHORISED)(_reason_given(office))
    app.view(blocks.DELETE)(_deletion_confirmed(office))


def _pressed(office: Office, action: str, act: Act) -> Callable[..., None]:
    def pressed(ack: Ack, body: Body) -> None:
        ack()
        asker = asker_of(body)
        warning, refusal = _look(office, asker, _value(body), action=action)
        if warning is None:
            tell(office, asker, refusal)
        else:
            act(office, asker, warning)

    return pressed


def _look(office: Office, asker: Asker, warning_id: str, *, action: str) -> tuple[WarningRow | None, str]:
    """Return a warning that is this person's to answer, else what to say to them."""
    with office.database.transaction(write=False) as session:
        warning = answers.find_warning(session, warning_id)
    if warning is None:
        return None, text_of(office.source, language_of(office, asker), "answered.expired")
    if not _is_recipient(asker, warning):
        with office.database.transaction() as session:
            answers.note_refused(
                session, actor=f"slack:{asker.name}", warning_id=warning.id, action=action, now=office.clock()
            )
        return None, say(language_of(office, asker), "warning.not_yours")
    if answers.is_over(warning):
        return None, text_of(office.source, warning.language, "answered.expired")
    return warning, ""


def _is_recipient(asker: Asker, warning: WarningRow) -> bool:
    same_house = warning.team in {asker.team, asker.home} or (
        bool(warning.enterprise) and warning.enterprise == asker.enterprise
    )
    return same_house and bool(asker.user) and warning.recipient == asker.user


def _delete(office: Office, asker: Asker, warning: WarningRow) -> None:
    if warning.kind != WarningKind.AUTHOR:
        tell(office, asker, say(warning.language, "warning.not_author"))
        return
    if has_own_token(office, warning) and open_form(office, asker, delete_modal(office, warning)):
        return
    # What can't be taken back for them is an answer all the same: they mean to.
    with office.database.transaction() as session:
        answers.claim_answer(session, warning.id, Answer.DELETE, now=office.clock())
    tell(office, asker, how_to_delete(office, warning))


def _deletion_confirmed(office: Office) -> Callable[..., None]:
    def confirmed(ack: Ack, body: Body, view: Body) -> None:
        asker = asker_of(body)
        warning, answer = _look(office, asker, str(view.get("private_metadata")), action=blocks.DELETE)
        if warning is not None:
            with office.database.transaction() as session:
                answers.claim_answer(session, warning.id, Answer.DELETE, now=office.clock())
            answer = delete_message(office, warning)
        language = warning.language if warning is not None else office.source.language
        _show(ack, office, language, title="buttons.delete", text=answer)

    return confirmed


def _authorised(office: Office, asker: Asker, warning: WarningRow) -> None:
    if warning.answer is not None:
        tell(office, asker, _say(office, warning, "answered.already"))
        return
    if not open_form(office, asker, blocks.authorised_modal(office.source, warning)):
        tell(office, asker, _say(office, warning, "answered.failed"))


def _reason_given(office: Office) -> Callable[..., None]:
    def given(ack: Ack, body: Body, view: Body) -> None:
        asker = asker_of(body)
        warning, answer = _look(office, asker, str(view.get("private_metadata")), action=blocks.AUTHORISED)
        if warning is None:
            _show(ack, office, office.source.language, title="authorised.modal.title", text=answer)
            return
        block, reason = typed(view, blocks.REASON)
        if not reason:
            ack(response_action="errors", errors={block: _say(office, warning, "authorised.label")})
            return
        is_first = _record(office, asker, warning, Answer.AUTHORISED, _AUTHORISED.format(reason=reason))
        text = _say(office, warning, "authorised.done" if is_first else "answered.already")
        _show(ack, office, warning.language, title="authorised.modal.title", text=text)

    return given


def _not_a_problem(office: Office, asker: Asker, warning: WarningRow) -> None:
    if not _record(office, asker, warning, Answer.NOT_A_PROBLEM, _HARMLESS):
        tell(office, asker, _say(office, warning, "answered.already"))
        return
    with office.database.transaction(write=False) as session:
        until = answers.muted_until(session, warning)
    days = round((until - office.clock()) / timedelta(days=1)) if until is not None else 0
    if not days:
        tell(office, asker, _say(office, warning, "not_a_problem.done_once"))
        return
    labels = labels_in_words(warning.language, warning.labels)
    tell(office, asker, _say(office, warning, "not_a_problem.done", label=labels, days=str(days)))


def _record(office: Office, asker: Asker, warning: WarningRow, answer: Answer, words: str) -> bool:
    """Put an answer on record and pass it on to the reviewers, all or nothing; tells whether it was the first."""
    name = profile_of(office, asker)[0] or asker.user
    now = office.clock()
    with office.database.transaction() as session:
        if not answers.claim_answer(session, warning.id, answer, now=now):
            return False
        if answer is Answer.NOT_A_PROBLEM:
            mute_after(session, warning, rules=answers.rules_of(office.policies, warning), now=now)
        answers.pass_on(session, office.keys, warning, words, name=name, now=now)
    return True


def _ask(office: Office, asker: Asker, warning: WarningRow) -> None:
    with office.database.transaction() as session:
        is_first = answers.claim_answer(session, warning.id, Answer.ASKED, now=office.clock())
    if not is_first:
        tell(office, asker, _say(office, warning, "answered.already"))
        return
    outcome = ask_procurement(office, warning, user=asker.user, name=profile_of(office, asker)[0] or asker.user)
    if outcome in {Asked.NOBODY, Asked.FAILED}:
        with office.database.transaction() as session:
            answers.release_answer(session, warning.id, Answer.ASKED)
    contact = office.source.contact or plain(warning.language, "ask.nobody_named")
    tell(office, asker, say(warning.language, f"ask.{outcome}", contact=contact))


def _why(office: Office, asker: Asker, warning: WarningRow) -> None:
    form = blocks.why_modal(office.source, warning, retention=office.settings.retention)
    if not open_form(office, asker, form):
        tell(office, asker, _say(office, warning, "answered.failed"))


def _say(office: Office, warning: WarningRow, name: str, **values: str) -> str:
    return text_of(office.source, warning.language, name, **values)


def _show(ack: Ack, office: Office, language: str, *, title: str, text: str) -> None:
    words = wording_of(office.source)
    view = reading(
        title=cut(words.text(language, title), LONGEST_TITLE), text=text, close=words.text(language, "why.modal.close")
    )
    ack(response_action="update", view=view)


def _value(body: Body) -> str:
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else None
    return str(first.get("value") or "") if isinstance(first, Mapping) else ""
