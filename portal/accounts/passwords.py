"""Passwords: how they are hashed (argon2id) and which are strong enough."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask_babel import gettext as _
from zxcvbn import zxcvbn

from portal.errors import Refused
from portal.text import nfc

#: OWASP's first argon2id option: 46 MiB, one pass (security.md C1).
_HASHER = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)

#: What an unknown account is checked against, so that it takes as long as a known one (security.md C10).
_NOBODY = _HASHER.hash("nobody signs in with this")

SHORTEST, LONGEST_BYTES = 12, 256

#: Words an attacker tries first against this product (security.md C2).
_CONTEXT = ["chungtay", "treem", "matkhau", "phuong", "ubnd", "portal"]


def hash_password(password: str) -> str:
    """The argon2id hash of a password already found strong enough."""
    return _HASHER.hash(nfc(password))


def verify_password(stored: str | None, password: str) -> bool:
    """Whether it is the right one; spends the same time when there is no account."""
    try:
        return _HASHER.verify(stored or _NOBODY, nfc(password)) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def needs_rehash(stored: str) -> bool:
    """Whether the hash was made with older parameters."""
    return _HASHER.check_needs_rehash(stored)


def check_strength(password: str, *, about: list[str]) -> None:
    """Raise Refused when the password is too short, too long or easy to guess.

    `about`: words tied to the person (name, address), which must not carry the password.
    """
    if len(nfc(password)) < SHORTEST:
        raise Refused(_("Đặt mật khẩu ít nhất %(n)s ký tự.", n=SHORTEST))
    if len(password.encode()) > LONGEST_BYTES:
        raise Refused(_("Mật khẩu quá dài. Dùng tối đa %(n)s ký tự.", n=128))
    if zxcvbn(password[:72], user_inputs=[*_CONTEXT, *about])["score"] < 3:
        raise Refused(_("Mật khẩu dễ đoán. Ghép vài từ không liên quan với nhau, thêm số."))
