"""Random values that let somebody in; the database sees their hashes alone."""

import hashlib
import secrets


def new_secret() -> str:
    """Make 256 random bits that can stand in a URL."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> bytes:
    """Hash a secret for keeping: 32 bytes. A slow hash would add nothing to 256 random bits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
