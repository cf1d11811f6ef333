"""The secrets of a local city: made once, kept in one file that only its owner can read."""

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "secrets.json"

#: Only consonants: such a secret spells no word and holds no example value, and every one fits in a URL.
_LETTERS = "bcdfghjklmnpqrtvwzBCDFGHJKLMNPQRTVWZ"
_LENGTH = 48


@dataclass
class Secrets:
    """`roles` has a password for each login role, `demo_password` is empty until a demo was loaded.

    `file_key`: the master key of the evidence, 32 bytes in base64.
    """

    secret_key: str
    superuser: str
    roles: dict[str, str]
    demo_password: str = ""
    file_key: str = ""

    def keep(self, var: Path) -> None:
        """Write them, whole or not at all."""
        path = var / FILE
        half_written = path.with_suffix(".new")
        half_written.unlink(missing_ok=True)
        handle = os.open(half_written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(self), file, indent=1)
        half_written.replace(path)


def local_secrets(var: Path, roles: list[str]) -> Secrets:
    """The secrets kept in `var`, made the first time; a role that is new gets its password now."""
    path = var / FILE
    if path.exists():
        kept = Secrets(**json.loads(path.read_text(encoding="utf-8")))
    else:
        kept = Secrets(secret_key=made_up(), superuser=made_up(), roles={})
    missing = [role for role in roles if role not in kept.roles]
    kept.roles.update({role: made_up() for role in missing})
    if missing or not kept.file_key:
        kept.file_key = kept.file_key or made_up_key()
        var.mkdir(parents=True, exist_ok=True)
        kept.keep(var)
    return kept


def made_up(length: int = _LENGTH) -> str:
    """A random secret; 48 letters are worth 248 bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def made_up_key() -> str:
    """A random key of 256 bits as a setting writes it."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def made_up_password() -> str:
    """A password that a person can read out and type: three groups of five letters, 77 bits."""
    return "-".join(made_up(5) for _ in range(3))
