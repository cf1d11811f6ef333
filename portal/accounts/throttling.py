"""Sign-in slows down after failures: by account and address, by account alone, by address alone (security.md C9)."""

import hashlib
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.person import normal_email
from portal.accounts.sign_in_attempt import SignInAttempt
from portal.errors import Refused
from portal.security import network_of


def _digest(value: str) -> bytes:
    return hashlib.sha256(value.encode()).digest()


def account_key(email: str) -> bytes:
    """The account as counted: `a+b@x` is `a@x`, so aliases do not buy more tries."""
    local, _at, domain = normal_email(email).partition("@")
    return _digest(f"{local.split('+')[0]}@{domain}")


def address_key(address: str) -> bytes:
    """The address as counted: one IPv4, or a whole IPv6 /64."""
    return _digest(network_of(address))


#: Seconds after which somebody refused for too many failures may try again; said as Retry-After.
PAUSE = 15 * 60


def refuse_when_too_many(auth: Session, email: str, address: str, now: datetime) -> None:
    """Raise Refused(429) when this account or address failed too often lately."""
    account, source = account_key(email), address_key(address)
    row = SignInAttempt
    recent = row.occurred_at > now - timedelta(hours=1)
    quarter = row.occurred_at > now - timedelta(minutes=15)
    both, by_account, by_source = auth.execute(
        select(
            func.count().filter(row.account_hash == account, row.address_hash == source, quarter),
            func.count().filter(row.account_hash == account),
            func.count().filter(row.address_hash == source),
        ).where(recent)
    ).one()
    if both >= 5 or by_account >= 10 or by_source >= 100:
        raise Refused(_("Đã thử sai nhiều lần. Đợi 15 phút rồi thử lại, hoặc đặt lại mật khẩu."), status=429)


def count_failure(auth: Session, email: str, address: str, now: datetime) -> None:
    """Remember one failed sign-in."""
    auth.add(
        SignInAttempt(account_hash=account_key(email), address_hash=address_key(address), occurred_at=now)
    )


def forget_failures(auth: Session, email: str) -> None:
    """A good sign-in clears the account's count."""
    auth.query(SignInAttempt).filter_by(account_hash=account_key(email)).delete()
