"""Installing the app into a workspace, and consenting to one's own token: pages for people who are not signed in here.

Whoever wants to install needs a link that an administrator made; whoever consents needs nothing but their Slack
account, and gets nothing by it but their own token kept.
"""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from service.audit.store import Action, record
from service.auth.access import always, public
from service.auth.credentials import new_secret
from service.console.render import page
from service.crypto import Keys
from service.database import Database
from service.depends import Now, TheDatabase, TheKeys, TheSettings, base_url
from service.settings import Settings, SlackSource
from service.shield import POLICY
from service.slack import oauth
from service.slack.consents import keep_consent
from service.slack.installs import save_installation
from service.slack.models import SlackTicket
from service.slack.scopes import BOT_SCOPES, USER_SCOPES, lacking
from service.slack.tickets import STATE_LIFETIME, Purpose, begin, consent_state, end, find_invite, use_invite

router = APIRouter(include_in_schema=False)

_Text = Annotated[str, Query(max_length=1000)]
_SPENT = "This install link can't be used"
_NO_CONSENT, _NO_DIRECT = "Nobody is asked for this here", "This installation reads no direct messages."
_CONSENTED = "Your consent is on record. You can take it back at any time by /frontdoor withdraw in Slack."
_BEGIN_AGAIN = "Go back to the link you came from and begin again. Nothing was stored."
_USED = "It was used, is older than a day, or was never made. An administrator makes a new one on the page “Slack”."


@router.get("/slack/install")
@public()
def show_install(database: TheDatabase, settings: TheSettings, now: Now, invite: _Text = "") -> Response:
    """Show what the app asks for, and the way to Slack."""
    source = _invited(database, settings, invite, now=now)
    if source is None:
        return _say(_SPENT, _USED, status=HTTPStatus.GONE)
    context = {"heading": "Add frontdoor to Slack", "invite": invite, "scopes": BOT_SCOPES}
    return _leading_to(source, page("slack_install.html", context))


@router.post("/slack/install")
@public()
def begin_install(
    request: Request,
    database: TheDatabase,
    settings: TheSettings,
    now: Now,
    invite: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Send the browser to Slack."""
    source = _invited(database, settings, invite, now=now)
    browser = new_secret()
    if source is not None:
        with database.transaction() as session:
            ticket = find_invite(session, invite, now=now)
            if ticket is not None:
                state = begin(session, source=source.name, browser=browser, now=now, invite=ticket)
                return _to_slack(request, source, Purpose.INSTALL, state, browser)
    return _say(_SPENT, _USED, status=HTTPStatus.GONE)


@router.get("/slack/consent")
@public()
def show_consent(settings: TheSettings) -> Response:
    """Show what a person's own token would be used for, and the way to Slack."""
    source = oauth.installing_source(settings)
    if source is None:
        return _say(_NO_CONSENT, _NO_DIRECT, status=HTTPStatus.NOT_FOUND)
    hours = settings.retention.text_hours
    context = {"heading": "Let frontdoor see your direct messages", "scopes": USER_SCOPES, "text_hours": hours}
    return _leading_to(source, page("slack_consent.html", context))


@router.post("/slack/consent")
@public()
def begin_consent(request: Request, keys: TheKeys, settings: TheSettings, now: Now) -> Response:
    """Send the browser to Slack."""
    source = oauth.installing_source(settings)
    if source is None:
        return _say(_NO_CONSENT, _NO_DIRECT, status=HTTPStatus.NOT_FOUND)
    browser = new_secret()
    state = consent_state(keys, source=source.name, browser=browser, now=now)
    return _to_slack(request, source, Purpose.CONSENT, state, browser)


@router.get(oauth.REDIRECT_PATH)
@public(audits=always)
def come_back(
    request: Request,
    database: TheDatabase,
    keys: TheKeys,
    settings: TheSettings,
    now: Now,
    code: _Text = "",
    state: _Text = "",
    error: _Text = "",
) -> Response:
    """Take in what Slack granted. Slack is asked between two transactions, so that none waits for it."""
    with database.transaction() as session:
        ticket = end(session, keys, state, browser=request.cookies.get(_cookie(settings), ""), now=now)
    if ticket is None:
        why = f"It was used already, is older than ten minutes, or began in another browser. {_BEGIN_AGAIN}"
        return _say("This way back from Slack can't be used", why, status=HTTPStatus.BAD_REQUEST)
    consents = ticket.purpose == Purpose.CONSENT
    source = oauth.installing_source(settings, ticket.source)
    if error or not code or source is None:
        heading = "You said no" if error == "access_denied" else "Slack sent no code"
        return _cleared(settings, _say(heading, "Nothing was granted, and nothing was stored."))
    try:
        answer = oauth.exchange(source, code, redirect_uri=_redirect_uri(request))
        if consents:
            keep_consent(database, keys, source, oauth.read_consent(answer), now=now)
            said = _say("Thank you", _CONSENTED)
        else:
            said = _install(database, keys, source, answer, ticket, now=now)
    except oauth.RefusedError as refused:
        why = f"{refused.detail.rstrip('.')}. {_BEGIN_AGAIN}"
        said = _say("That did not work", f"{why[:1].upper()}{why[1:]}", status=HTTPStatus.BAD_GATEWAY)
    return _cleared(settings, said)


def _install(
    database: Database,
    keys: Keys,
    source: SlackSource,
    answer: Mapping[str, Any],
    ticket: SlackTicket,
    *,
    now: datetime,
) -> Response:
    """Keep an installation, where its link is still good."""
    made = oauth.read_installation(answer)
    person = answer.get("authed_user")
    by = str(person.get("id") or "") if isinstance(person, Mapping) else ""
    with database.transaction() as session:
        kept = use_invite(session, ticket.invite, now=now)
        if kept:
            save_installation(session, keys, made, by=by, now=now)
            detail = {"name": made.name, "enterprise": made.is_enterprise, "scopes": list(made.scopes), "by": by}
            record(session, actor=ticket.actor, action=Action.SLACK_INSTALLED, object=made.id, detail=detail, now=now)
    if not kept:
        oauth.revoke(source, made.token)
        return _say(_SPENT, _USED, status=HTTPStatus.GONE)
    return page(
        "slack_installed.html",
        {"heading": "frontdoor is installed", "name": made.name, "lacking": lacking(source, made.scopes)},
    )


def _invited(database: Database, settings: Settings, invite: str, *, now: datetime) -> SlackSource | None:
    with database.transaction(write=False) as session:
        ticket = find_invite(session, invite, now=now)
    return oauth.installing_source(settings, ticket.source) if ticket is not None else None


def _to_slack(request: Request, source: SlackSource, purpose: Purpose, state: str, browser: str) -> Response:
    settings: Settings = request.app.state.settings
    url = oauth.authorize_url(source, purpose, state=state, redirect_uri=_redirect_uri(request))
    response = RedirectResponse(url, status_code=HTTPStatus.SEE_OTHER)
    response.set_cookie(
        _cookie(settings),
        browser,
        max_age=int(STATE_LIFETIME.total_seconds()),
        path="/",
        secure=_secure(settings),
        httponly=True,
        samesite="lax",
    )
    return _leading_to(source, response)


def _leading_to(source: SlackSource, response: Response) -> Response:
    """Let a form of this page end at Slack: browsers hold its redirect against the policy, too."""
    policy = POLICY.replace("form-action 'self'", f"form-action 'self' {oauth.slack_origin(source)}")
    response.headers["Content-Security-Policy"] = policy
    return response


def _say(heading: str, message: str, *, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return page("slack_said.html", {"heading": heading, "message": message}, status=status)


def _cleared(settings: Settings, response: Response) -> Response:
    response.delete_cookie(_cookie(settings), path="/", secure=_secure(settings), httponly=True, samesite="lax")
    return response


def _redirect_uri(request: Request) -> str:
    return f"{base_url(request)}{oauth.REDIRECT_PATH}"


def _cookie(settings: Settings) -> str:
    return "__Host-frontdoor-slack" if _secure(settings) else "frontdoor-slack"


def _secure(settings: Settings) -> bool:
    return settings.server.public_url.lower().startswith("https://")
