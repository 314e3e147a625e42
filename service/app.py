"""The web application: the API, the feeds and the console over one database."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request

from service.alerts import routes as alerts
from service.auth import routes as sign_in
from service.auth import token_routes as tokens
from service.auth import user_routes as users
from service.auth.access import guard, signed_in
from service.console.routes import console_pages
from service.console.routes import router as console
from service.crypto import Keys
from service.database import Database
from service.depends import system_clock
from service.failures import handle_failures
from service.health import router as health
from service.metrics import make_metrics
from service.pages import plain_pages, use_pages
from service.settings import Settings
from service.shield import hosts_of, shielded

description = APIRouter()


def create_app(
    database: Database, keys: Keys, settings: Settings, *, clock: Callable[[], datetime] = system_clock
) -> FastAPI:
    """Make the application. Every route passes `guard` first; one that declares no access is refused to everybody."""
    metrics = make_metrics(database, clock)
    app = FastAPI(
        title="frontdoor",
        version="1",
        summary="Alerts on backdoor selling in supplier-facing mail and chat.",
        openapi_url=None,
        redirect_slashes=False,
        dependencies=[Depends(guard)],
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.database, app.state.keys, app.state.settings = database, keys, settings
    app.state.clock, app.state.metrics = clock, metrics
    use_pages(app, plain_pages())
    handle_failures(app)
    app.add_middleware(shielded, hosts=hosts_of(settings.server), observe=metrics.observe)
    _add_console(app)
    for router in (health, description, sign_in.router, users.router, tokens.router, alerts.router):
        app.include_router(router)
    return app


def _add_console(app: FastAPI) -> None:
    """Add the pages, and let them render failures and sign-in."""
    app.include_router(console)
    use_pages(app, console_pages())


@description.get("/openapi.json", include_in_schema=False)
@signed_in()
def get_description(request: Request) -> dict[str, Any]:
    """Describe the API to whoever is signed in."""
    app: FastAPI = request.app
    return app.openapi()
