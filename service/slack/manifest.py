"""The app's manifest: what a person pastes into Slack to make the app, with all that it needs and nothing more."""

from enum import StrEnum
from typing import Any

from service.errors import ConfigurationError
from service.settings import Settings, SlackSource
from service.slack.oauth import REDIRECT_PATH
from service.slack.scopes import BOT_EVENTS, BOT_SCOPES, USER_EVENTS, USER_SCOPES

EVENTS_PATH = "/slack/events"


class Transport(StrEnum):
    """How Slack's events reach us."""

    SOCKET = "socket"
    HTTP = "http"


def make_manifest(*, transport: Transport, many: bool = False, public_url: str = "") -> dict[str, Any]:
    """Make the manifest. `many`: for many workspaces that install the app, and people who lend it their own view.

    Raises ConfigurationError where Slack, or a browser that comes back from it, would have to reach an address of ours
    and `public_url` names none.
    """
    base = public_url.rstrip("/")
    if (transport is Transport.HTTP or many) and not base.lower().startswith("https://"):
        raise ConfigurationError(
            "set server.public_url to an address that starts with https://: Slack comes back to it"
        )
    requests = {"request_url": f"{base}{EVENTS_PATH}"} if transport is Transport.HTTP else {}
    scopes = {"bot": [one.name for one in BOT_SCOPES]}
    events = {"bot_events": [one.name for one in BOT_EVENTS if many or not one.many]}
    if many:
        scopes["user"] = [one.name for one in USER_SCOPES]
        events["user_events"] = [one.name for one in USER_EVENTS]
    redirect = {"redirect_urls": [f"{base}{REDIRECT_PATH}"]} if many else {}
    return {
        "display_information": {
            "name": "frontdoor",
            "description": "Warns you privately before a message weakens our hand with a supplier.",
            "background_color": "#3450b4",
        },
        "features": _features(transport, base),
        "oauth_config": {**redirect, "scopes": scopes},
        "settings": {
            "event_subscriptions": {**requests, **events},
            "interactivity": {"is_enabled": True, **requests},
            "org_deploy_enabled": many,
            "socket_mode_enabled": transport is Transport.SOCKET,
            "token_rotation_enabled": False,
        },
    }


def manifest_of(
    settings: Settings, source: SlackSource | None, *, transport: Transport | None = None, many: bool | None = None
) -> dict[str, Any]:
    """Make the manifest for a configured source, or for one workspace by Socket Mode where there is none yet.

    `transport` and `many` stand above the configuration. Raises ConfigurationError as `make_manifest` does.
    """
    http = source is not None and source.signing_secret is not None and source.app_token is None
    installs = source is not None and source.installs is not None
    return make_manifest(
        transport=transport or (Transport.HTTP if http else Transport.SOCKET),
        many=installs if many is None else many,
        public_url=settings.server.public_url,
    )


def _features(transport: Transport, base: str) -> dict[str, Any]:
    url = {"url": f"{base}{EVENTS_PATH}"} if transport is Transport.HTTP else {}
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": True,
        },
        "bot_user": {"display_name": "frontdoor", "always_online": True},
        "shortcuts": [
            {
                "name": "Report to procurement",
                "type": "message",
                "callback_id": "report",
                "description": "Point out a suspicious approach, by name or under a made-up one.",
            }
        ],
        "slash_commands": [
            {
                "command": "/frontdoor",
                **url,
                "description": "What is read here and why; report a suspicious approach.",
                "usage_hint": "about | report | consent | help",
                "should_escape": False,
            }
        ],
    }
