"""What the server can do, told to clients (RFC 7644, section 4)."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response

from service.auth.access import needs
from service.auth.permissions import Permission
from service.depends import base_url
from service.errors import ForbiddenError, NotFoundError
from service.scim.answers import ScimResponse, listing
from service.scim.names import CONFIG, ENTERPRISE, GROUP, PREFIX, RESOURCE_TYPE, USER
from service.scim.paging import MOST
from service.scim.schemas import described_schemas

router = APIRouter(prefix=PREFIX, include_in_schema=False)


@router.get("/ServiceProviderConfig")
@needs(Permission.DIRECTORY_PROVISION)
def get_config(request: Request) -> Response:
    """Tell which parts of the protocol are served."""
    _refuse_filter(request)
    token = {
        "type": "oauthbearertoken",
        "name": "Bearer token",
        "description": "An API token with the scope directory:provision.",
        "primary": True,
    }
    return ScimResponse(
        {
            "schemas": [CONFIG],
            "patch": {"supported": True},
            "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
            "filter": {"supported": True, "maxResults": MOST},
            "changePassword": {"supported": False},
            "sort": {"supported": False},
            "etag": {"supported": True},
            "authenticationSchemes": [token],
            "meta": {"resourceType": "ServiceProviderConfig", "location": f"{_base(request)}/ServiceProviderConfig"},
        }
    )


@router.get("/ResourceTypes")
@needs(Permission.DIRECTORY_PROVISION)
def list_types(request: Request) -> Response:
    """Tell which kinds of resources there are."""
    return _all_of(request, _types(request))


@router.get("/ResourceTypes/{name}")
@needs(Permission.DIRECTORY_PROVISION)
def get_type(name: str, request: Request) -> Response:
    """Tell of one kind of resources."""
    return _one_of(request, _types(request), name)


@router.get("/Schemas")
@needs(Permission.DIRECTORY_PROVISION)
def list_schemas(request: Request) -> Response:
    """Tell which attributes there are."""
    return _all_of(request, described_schemas(_base(request)))


@router.get("/Schemas/{name}")
@needs(Permission.DIRECTORY_PROVISION)
def get_schema(name: str, request: Request) -> Response:
    """Tell the attributes of one schema."""
    return _one_of(request, described_schemas(_base(request)), name)


def _types(request: Request) -> list[dict[str, Any]]:
    kinds = (("User", "A person of ours", USER), ("Group", "A group of people", GROUP))
    return [
        {
            "schemas": [RESOURCE_TYPE],
            "id": name,
            "name": name,
            "endpoint": f"/{name}s",
            "description": about,
            "schema": schema,
            "schemaExtensions": [{"schema": ENTERPRISE, "required": False}] if schema == USER else [],
            "meta": {"resourceType": "ResourceType", "location": f"{_base(request)}/ResourceTypes/{name}"},
        }
        for name, about, schema in kinds
    ]


def _all_of(request: Request, found: Sequence[Mapping[str, Any]]) -> Response:
    _refuse_filter(request)
    return listing(found, total=len(found), start=1)


def _one_of(request: Request, found: Sequence[Mapping[str, Any]], name: str) -> Response:
    _refuse_filter(request)
    for one in found:
        if one["id"].lower() == name.lower():
            return ScimResponse(one)
    raise NotFoundError


def _refuse_filter(request: Request) -> None:
    # So says the protocol: whoever filters here would believe that the rest does not exist.
    if "filter" in request.query_params:
        raise ForbiddenError("descriptions can't be filtered")


def _base(request: Request) -> str:
    return f"{base_url(request)}{PREFIX}"
