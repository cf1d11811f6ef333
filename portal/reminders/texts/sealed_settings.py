"""What signs us in at a gateway, sealed at rest with the platform's master key: written, never shown again."""

import json
import uuid
from collections.abc import Mapping

from flask import current_app
from sqlalchemy import select

from portal.db import db
from portal.reminders.texts.account import ChannelAccount
from portal.reminders.texts.platform import MARK, platform_account
from portal.sealing import Damaged, MasterKeys, seal, unseal


def put_settings(account: ChannelAccount, ward_id: int, settings: Mapping[str, str]) -> None:
    """Keep these settings in the account, in place of what it had."""
    masters = _masters()
    account.master = masters.current
    account.sealed = seal(
        masters.keys[masters.current], json.dumps(dict(settings)).encode(), _about(ward_id, account.id)
    )


def settings_of(account: ChannelAccount, ward_id: int) -> dict[str, str]:
    """The settings in the clear, for the moment of a call; of the platform's account where the ward uses that.

    Raises Damaged when no master key opens them, or the platform has an account no more.
    """
    opened = _opened(account, ward_id)
    if opened != MARK:
        return opened
    platform = platform_account()
    if platform is None or platform.shape != account.shape:
        raise Damaged
    return platform.settings


def uses_platform(account: ChannelAccount, ward_id: int) -> bool:
    """Whether the ward sends by the platform's account. Raises Damaged."""
    return _opened(account, ward_id) == MARK


def _opened(account: ChannelAccount, ward_id: int) -> dict[str, str]:
    key = _masters().keys.get(account.master)
    if key is None:
        raise Damaged
    opened: dict[str, str] = json.loads(unseal(key, account.sealed, _about(ward_id, account.id)))
    return opened


def seal_again() -> int:
    """Seal the entered ward's accounts with the master key in use. Returns how many had another. Raises Damaged."""
    old = db.session.scalars(
        select(ChannelAccount).where(ChannelAccount.master != _masters().current).with_for_update()
    ).all()
    for account in old:
        put_settings(account, account.ward_id, _opened(account, account.ward_id))
    db.session.flush()
    return len(old)


def _masters() -> MasterKeys:
    masters: MasterKeys = current_app.config["PORTAL"].file_keys
    return masters


def _about(ward_id: int, account_id: uuid.UUID) -> str:
    return f"channel-account:{ward_id}:{account_id}"
