"""Answers as SCIM has them: resources, lists and errors, all of one media type."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from service.scim.names import ERROR, LIST_RESPONSE, MEDIA_TYPE, PREFIX


class ScimResponse(JSONResponse):
    """An answer of SCIM's media type."""

    media_type = MEDIA_TYPE

    def render(self, content: Any) -> bytes:
        """Write what was stored as it was sent, in UTF-8."""
        return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def speaks_scim(request: Request) -> bool:
    """Tell whether whoever asks expects SCIM, errors included."""
    path = request.url.path
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def failure(status: int, detail: str, *, keyword: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """Tell an error."""
    body = {"schemas": [ERROR], "status": str(int(status)), "detail": detail}
    if keyword:
        body["scimType"] = keyword
    return ScimResponse(body, status_code=int(status), headers=headers)


def listing(resources: Sequence[Mapping[str, Any]], *, total: int, start: int) -> Response:
    """Tell a page of resources."""
    return ScimResponse(
        {
            "schemas": [LIST_RESPONSE],
            "totalResults": total,
            "startIndex": start,
            "itemsPerPage": len(resources),
            "Resources": resources,
        }
    )
