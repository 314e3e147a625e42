"""Whether it is alive, whether it is ready, and how it is doing."""

import logging
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from service.auth.access import needs, public
from service.auth.permissions import Permission
from service.database import Database
from service.depends import TheDatabase
from service.failures import problems
from service.migrate import is_current

log = logging.getLogger("frontdoor.health")

router = APIRouter(tags=["operation"])


class Health(BaseModel):
    """The process answers."""

    status: str = "ok"


class Readiness(BaseModel):
    """What was checked, each with `ok` or what is wrong."""

    ready: bool
    checks: dict[str, str]


@router.get("/health")
@public()
def get_health() -> Health:
    """Tell that the process answers; nothing else is looked at."""
    return Health()


@router.get("/ready", response_model=Readiness, responses={503: {"model": Readiness}})
@public()
def get_readiness(database: TheDatabase) -> Response:
    """Tell whether the database can be reached and has this version's tables."""
    checks = _checks(database)
    ready = all(result == "ok" for result in checks.values())
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse(Readiness(ready=ready, checks=checks).model_dump(), status_code=status)


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}, **problems(401, 403)},
)
@needs(Permission.METRICS_READ)
def get_metrics(request: Request) -> Response:
    """Give the figures in Prometheus' text format."""
    return Response(generate_latest(request.app.state.metrics.registry), media_type=CONTENT_TYPE_LATEST)


def _checks(database: Database) -> dict[str, str]:
    try:
        current = is_current(database)
    except SQLAlchemyError as error:
        log.warning("not ready: %s", type(error).__name__)
        return {"database": "can't be reached", "migrations": "unknown"}
    return {"database": "ok", "migrations": "ok" if current else "missing: run `frontdoor db upgrade`"}
