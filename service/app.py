"""The web application: the API, the feeds and the console over one database."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from threading import Event

from anyio import CapacityLimiter
from fastapi import APIRouter, Depends, FastAPI

from service.alerts import routes as alerts
from service.audit import routes as audit
from service.auth import routes as sign_in
from service.auth import token_routes as tokens
from service.auth import user_routes as users
from service.auth.access import guard
from service.coaching import routes as awareness
from service.console.routes import console_pages
from service.console.routes import router as console
from service.crypto import Keys
from service.database import Database
from service.depends import system_clock
from service.description import router as description
from service.directory import counterparty_routes as counterparties
from service.directory import import_routes as imports
from service.directory import people_routes as people
from service.exposure import brief_routes as briefs
from service.exposure import routes as exposure
from service.failures import handle_failures
from service.feeds import routes as feeds
from service.feeds.events import Seats
from service.health import router as health
from service.metrics import make_metrics
from service.negotiations import plan_routes as plans
from service.negotiations import rate_routes as rates
from service.negotiations import routes as negotiations
from service.pages import plain_pages, use_pages
from service.scim import discovery as scim_discovery
from service.scim import routes as scim
from service.settings import Settings
from service.shield import hosts_of, shielded
from service.slack import routes as slack_api
from service.slack.http_routes import router as slack
from service.slack.install_routes import router as slack_installs
from service.slack.oauth import installing_source
from service.sources import routes as sources

# Listeners ask the store in threads of their own, so that many of them leave the others' requests theirs.
_LISTENING_THREADS = 4


def create_app(
    database: Database, keys: Keys, settings: Settings, *, clock: Callable[[], datetime] = system_clock
) -> FastAPI:
    """Make the application. Every route passes `guard` first; one that declares no access is refused to everybody.

    Setting `app.state.stopping` ends the connections that would stay open.
    """
    metrics = make_metrics(database, clock)
    app = FastAPI(
        title="frontdoor",
        version="1",
        summary="Alerts on backdoor selling in supplier-facing mail and chat.",
        openapi_url=None,
        redirect_slashes=False,
        dependencies=[Depends(guard)],
        routes=_parts(installs=installing_source(settings) is not None).routes,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.database, app.state.keys, app.state.settings = database, keys, settings
    app.state.clock, app.state.metrics = clock, metrics
    app.state.seats, app.state.listening = Seats(), CapacityLimiter(_LISTENING_THREADS)
    app.state.stopping, app.state.slack = Event(), None
    use_pages(app, plain_pages())
    handle_failures(app)
    app.add_middleware(shielded, hosts=hosts_of(settings.server), observe=metrics.observe)
    use_pages(app, console_pages())
    return app


@cache
def _parts(*, installs: bool) -> APIRouter:
    """Put the parts together. What there is to find out about a route is found out once for all applications."""
    parts = APIRouter(redirect_slashes=False, dependencies=[Depends(guard)])
    for router in (console, health, description, slack):
        parts.include_router(router)
    if installs:
        parts.include_router(slack_installs)
    for part in (people, counterparties, imports, plans, briefs, exposure):
        parts.include_router(part.router)
    for part in (scim_discovery, scim):
        parts.include_router(part.router)
    for part in (sign_in, users, tokens, alerts, feeds, sources, slack_api, awareness, audit, negotiations, rates):
        parts.include_router(part.router)
    return parts
