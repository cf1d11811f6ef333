"""Bytes sealed with a key (AES-256-GCM, NIST SP 800-38D), and the master keys that wrap the wards' own.

A sealed thing is bound to what it is about: bytes moved to another row or another ward do not open.
"""

import base64
import binascii
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12
_NAME = re.compile(r"[a-z0-9-]{1,20}")


class Damaged(Exception):
    """What is sealed was changed, or belongs to another key, row or ward."""


@dataclass(frozen=True, repr=False)
class MasterKeys:
    """Named keys; `current` wraps, every one of them unwraps, so that an old one can be taken out of use."""

    current: str
    keys: Mapping[str, bytes]


def master_keys(written: str) -> MasterKeys:
    """Keys as the setting writes them: `name:base64,name:base64`, the one in use first, 32 bytes each.

    Raises ValueError, without a word of the keys themselves.
    """
    keys: dict[str, bytes] = {}
    for one in written.split(","):
        name, _colon, coded = one.strip().partition(":")
        if not _NAME.fullmatch(name) or name in keys:
            raise ValueError("each key needs a name of its own: small letters, digits, hyphens")
        try:
            key = base64.b64decode(coded.translate(str.maketrans("-_", "+/")), validate=True)
        except (binascii.Error, ValueError):
            raise ValueError(f"the key {name} is not base64") from None
        if len(key) != KEY_BYTES:
            raise ValueError(f"the key {name} must have {KEY_BYTES} bytes")
        if len(set(key)) < KEY_BYTES // 3:
            raise ValueError(f"the key {name} looks like an example value: make a random one")
        keys[name] = key
    return MasterKeys(next(iter(keys)), keys)


def seal(key: bytes, data: bytes, about: str) -> bytes:
    """The data sealed with a key of 32 bytes; `about` says what it is, and has to be said again to open it."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, data, about.encode())


def unseal(key: bytes, sealed: bytes, about: str) -> bytes:
    """The data as it was. Raises Damaged."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about.encode())
    except (InvalidTag, ValueError):
        raise Damaged from None
