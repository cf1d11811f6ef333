"""The operator's account for SMS, which a ward may use instead of one of its own: the ward never sees its secrets."""

from dataclasses import dataclass
from typing import Any

from flask import current_app

#: What stands in a ward's sealed settings instead of secrets.
MARK = {"=": "platform"}


@dataclass(frozen=True)
class PlatformAccount:
    """`shape`: of the gateway (shape.py). `price`: đồng for one segment."""

    shape: str
    sender: str
    settings: dict[str, str]
    price: int = 0


def platform_account() -> PlatformAccount | None:
    """The account in PORTAL_SMS_ACCOUNT, a JSON object with these fields; None when the operator gave none."""
    given: dict[str, Any] | None = current_app.config["PORTAL"].sms_account
    return PlatformAccount(**given) if given else None
