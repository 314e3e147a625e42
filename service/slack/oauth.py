"""The round trip to Slack by which an app is installed, or a person consents (OAuth 2, version 2 of Slack's)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.oauth import AuthorizeUrlGenerator

from service.errors import FrontdoorError
from service.settings import Settings, SlackInstalls, SlackSource
from service.slack.installs import Installation
from service.slack.scopes import bot_scopes, user_scopes
from service.slack.tickets import Purpose
from service.slack.web import CALL_ERRORS, code_of, web_client
from service.slack.wording import cut

REDIRECT_PATH = "/slack/oauth_redirect"
_LONGEST_NAME = 100


class RefusedError(FrontdoorError):
    """Slack did not complete this: begin again from the link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A person's own token."""

    team: str
    enterprise: str
    user: str
    scopes: tuple[str, ...]
    token: str = field(repr=False)


def installing_source(settings: Settings, name: str = "") -> SlackSource | None:
    """Return the Slack source that workspaces install themselves into: that of a name, else the first."""
    slack = (one for one in settings.source if isinstance(one, SlackSource) and one.installs is not None)
    return next((one for one in slack if name in ("", one.name)), None)


def slack_origin(source: SlackSource) -> str:
    """Return where Slack's own pages are: beside its Web API."""
    where = urlsplit(source.base_url)
    return f"{where.scheme}://{where.netloc}"


def authorize_url(source: SlackSource, purpose: Purpose, *, state: str, redirect_uri: str) -> str:
    """Return the address of Slack's page that asks for permission."""
    consents = purpose is Purpose.CONSENT
    generator = AuthorizeUrlGenerator(
        client_id=_installs(source).client_id,
        redirect_uri=redirect_uri,
        scopes=[] if consents else list(bot_scopes(source)),
        user_scopes=list(user_scopes(source)) if consents else [],
        authorization_url=f"{slack_origin(source)}/oauth/v2/authorize",
    )
    return str(generator.generate(state))


def exchange(source: SlackSource, code: str, *, redirect_uri: str) -> Mapping[str, Any]:
    """Trade a code for what Slack grants. Raises RefusedError with Slack's reason."""
    installs = _installs(source)
    secret = installs.client_secret.read(f"source {source.name}: client_secret")
    client = web_client(None, base_url=source.base_url)
    try:
        answer = client.oauth_v2_access(
            client_id=installs.client_id, client_secret=secret, code=code, redirect_uri=redirect_uri
        ).data
    except CALL_ERRORS as error:
        raise RefusedError(f"Slack refuses the exchange ({code_of(error)})") from None
    if not isinstance(answer, Mapping):
        raise RefusedError("Slack's answer can't be understood")
    return answer


def read_installation(answer: Mapping[str, Any]) -> Installation:
    """Read the installation out of Slack's answer. Raises RefusedError where it can't be kept."""
    _insist_on_lasting(answer)
    team, enterprise = _part(answer, "team"), _part(answer, "enterprise")
    whole = answer.get("is_enterprise_install") is True
    place = enterprise if whole else team
    token = answer.get("access_token")
    if not place.get("id") or not isinstance(token, str) or answer.get("token_type") != "bot":
        raise RefusedError("Slack's answer holds no bot token")
    return Installation(
        id=str(place["id"]),
        enterprise_id=str(enterprise.get("id") or ""),
        is_enterprise=whole,
        name=cut(str(place.get("name") or ""), _LONGEST_NAME),
        bot_user_id=str(answer.get("bot_user_id") or ""),
        scopes=_scopes(answer),
        token=token,
    )


def read_consent(answer: Mapping[str, Any]) -> Consent:
    """Read a person's token out of Slack's answer. Raises RefusedError where it can't be kept."""
    person = _part(answer, "authed_user")
    _insist_on_lasting(person)
    team, enterprise = _part(answer, "team"), _part(answer, "enterprise")
    token, user = person.get("access_token"), person.get("id")
    place = str(team.get("id") or enterprise.get("id") or "")
    if not place or not isinstance(token, str) or not isinstance(user, str):
        raise RefusedError("Slack's answer holds no token of yours")
    return Consent(
        team=place, enterprise=str(enterprise.get("id") or ""), user=user, scopes=_scopes(person), token=token
    )


def revoke(source: SlackSource, token: str) -> None:
    """Let Slack forget a token that is not kept; a failure changes nothing."""
    try:
        web_client(token, base_url=source.base_url).auth_revoke()
    except CALL_ERRORS:
        return


def _installs(source: SlackSource) -> SlackInstalls:
    assert source.installs is not None
    return source.installs


def _insist_on_lasting(answer: Mapping[str, Any]) -> None:
    if answer.get("refresh_token") or answer.get("expires_in"):
        raise RefusedError("the app has token rotation switched on, with which tokens end after hours: switch it off")


def _part(answer: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = answer.get(name)
    return value if isinstance(value, Mapping) else {}


def _scopes(answer: Mapping[str, Any]) -> tuple[str, ...]:
    scopes = answer.get("scope")
    return tuple(one.strip() for one in scopes.split(",") if one.strip()) if isinstance(scopes, str) else ()
