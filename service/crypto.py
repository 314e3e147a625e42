"""Encrypted columns and keyed hashes.

Texts are sealed with AES-256-GCM (NIST SP 800-38D) under a named key, a fresh 96-bit nonce each, and the place they
belong to as associated data: a value moved to another row or column does not open. What must be found again without
being readable (words, senders' tokens) is hashed with HMAC-SHA-256 under a key derived for that one purpose.
"""

import base64
import binascii
import hmac
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from service.errors import ConfigurationError, UndecryptableError

_NONCE = 12


@dataclass(frozen=True, kw_only=True)
class Keys:
    """The keys of an installation: id to 32 bytes. New texts are sealed under `active`; old ones name theirs.

    `digest_key` names the key that the keyed hashes are made with: it stays the same for good, since messages and words
    are recognised by them. Left out it is `active`.
    """

    active: str
    keys: Mapping[str, bytes] = field(repr=False)
    digest_key: str = ""

    def seal(self, text: str, *, place: str) -> tuple[str, bytes]:
        """Encrypt a text for a place (table, column and row). Returns the key's id and the sealed bytes."""
        nonce = secrets.token_bytes(_NONCE)
        return self.active, nonce + self._cipher(self.active).encrypt(
            nonce, text.encode("utf-8", "replace"), place.encode()
        )

    def open(self, key_id: str, sealed: bytes, *, place: str) -> str:
        """Decrypt what `seal` gave for this place. Raises UndecryptableError for a wrong key, place or byte."""
        if key_id not in self.keys:
            raise UndecryptableError(f"key {key_id!r} is not in the key file")
        try:
            return self._cipher(key_id).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise UndecryptableError from error

    def digest(self, purpose: str, value: str) -> bytes:
        """Hash a value under the key of a purpose: 16 bytes, the same for the life of the installation."""
        return hmac.digest(self._purpose_key(purpose), value.encode("utf-8", "surrogatepass"), "sha256")[:16]

    def _cipher(self, key_id: str) -> AESGCM:
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            cipher = self._ciphers[key_id] = AESGCM(self.keys[key_id])
        return cipher

    def _purpose_key(self, purpose: str) -> bytes:
        key = self._purposes.get(purpose)
        if key is None:
            root = self.keys[self.digest_key or self.active]
            derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode())
            key = self._purposes[purpose] = derive.derive(root)
        return key

    @cached_property
    def _ciphers(self) -> dict[str, AESGCM]:
        return {}

    @cached_property
    def _purposes(self) -> dict[str, bytes]:
        return {}


def new_keys() -> Keys:
    """Make a first key."""
    return Keys(active="k1", keys={"k1": secrets.token_bytes(32)}, digest_key="k1")


def parse_keys(text: str) -> Keys:
    """Read keys from TOML: `active`, `digest`, and a table `[keys]` of base64. Raises ConfigurationError."""
    try:
        data = tomllib.loads(text)
        keys = {str(name): base64.b64decode(value, validate=True) for name, value in data["keys"].items()}
        active, digest = str(data["active"]), str(data["digest"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        raise ConfigurationError(
            "the key file needs `active`, `digest` and a table `[keys]` of base64 values"
        ) from error
    if not {active, digest} <= set(keys) or any(len(key) != 32 for key in keys.values()):
        raise ConfigurationError("the key file's active or digest key is missing, or a key is not 32 bytes long")
    return Keys(active=active, keys=keys, digest_key=digest)


def dump_keys(keys: Keys) -> str:
    """Write keys as the TOML that `parse_keys` reads."""
    rows = "".join(f'{name} = "{base64.b64encode(key).decode()}"\n' for name, key in sorted(keys.keys.items()))
    return f'active = "{keys.active}"\ndigest = "{keys.digest_key or keys.active}"\n\n[keys]\n{rows}'


def load_keys(path: Path, *, create: bool = False) -> Keys:
    """Read the key file; with `create`, make it (mode 0600) when it is not there.

    Raises ConfigurationError when it is missing, unreadable, or open to others.
    """
    if create and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        keys = new_keys()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(dump_keys(keys))
        return keys
    try:
        mode, text = path.stat().st_mode, path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"the key file {path} can't be read: without it stored texts stay closed") from error
    if mode & 0o077:
        raise ConfigurationError(f"the key file {path} can be read by others: chmod 600 it")
    return parse_keys(text)
