"""The console's own files, read once and served under an address that changes with them."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from fastapi import APIRouter, Response

from service.auth.access import public
from service.errors import NotFoundError

router = APIRouter(include_in_schema=False)

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """All files by name, and a version that stands for all of their contents."""

    version: str
    files: dict[str, bytes]


@cache
def assets() -> Assets:
    """Read the files that ship."""
    folder = resources.files("service.console") / "static"
    files = {one.name: one.read_bytes() for one in folder.iterdir() if one.name.rpartition(".")[2] in _TYPES}
    digest = hashlib.sha256(b"".join(name.encode() + files[name] for name in sorted(files)))
    return Assets(version=digest.hexdigest()[:12], files=files)


def asset(name: str) -> str:
    """Return the address of a file, which may be kept for ever. Raises KeyError for one that does not ship."""
    if name not in assets().files:
        raise KeyError(name)
    return f"/static/{assets().version}/{name}"


@router.get("/static/{version}/{name}")
@public()
def get_asset(version: str, name: str) -> Response:
    """Serve a file; under an old version's address the present file, which must not be kept."""
    known = assets()
    if name not in known.files:
        raise NotFoundError
    kept = "public, max-age=31536000, immutable" if version == known.version else "no-store"
    headers = {"Cache-Control": kept}
    return Response(known.files[name], media_type=_TYPES[name.rpartition(".")[2]], headers=headers)
