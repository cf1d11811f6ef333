"""A ward's account with a gateway, put down or changed; what signs it in is written and never shown again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete

from portal.db import db
from portal.errors import NotFound, Refused, or_404
from portal.reminders.texts.account import AT_ONCE, ChannelAccount, account_for
from portal.reminders.texts.platform import MARK, platform_account
from portal.reminders.texts.receipt import Receipt
from portal.reminders.texts.sealed_settings import put_settings
from portal.reminders.texts.shape import Shape, shapes
from portal.reminders.texts.smpp.server import SMPP, servers
from portal.reminders.token import new_handle
from portal.tenants.boundary import entered_ward

#: A brandname: letters, digits and a few marks, eleven at most (GSM 03.40 alphanumeric address).
_SENDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{1,10}")

#: The number of an Official Account.
_OFFICIAL_ACCOUNT = re.compile(r"\d{6,25}")


@dataclass(frozen=True)
class Wanted:
    """The account as it was typed. `settings`: empty ones stay as they were. `price`: đồng for one segment."""

    shape: str
    sender: str
    settings: Mapping[str, str]
    accented: bool = False
    live: bool = False
    price: int = 0


def keep_account(channel: str, wanted: Wanted) -> ChannelAccount:
    """Use this account from now on. Raises Refused, naming what is missing."""
    shape = shapes().get(wanted.shape)
    if shape is None or shape.channel != channel:
        raise Refused(_("Chọn nhà cung cấp trong danh sách."))
    _refuse_sender(channel, wanted.sender)
    if not 0 <= wanted.price <= 100_000:
        raise Refused(_("Giá một đoạn từ 0 đến 100.000 đồng."))
    account = account_for(channel)
    typed = {name: wanted.settings.get(name, "").strip() for name in shape.all_settings}
    if account is None or account.shape != shape.key or any(typed.values()):
        _refuse_missing(shape, typed)
        if shape.adapter == SMPP and typed["server"] not in servers():
            raise Refused(_("Chọn máy chủ SMPP trong danh sách."))
        account = account or ChannelAccount(channel=channel, handle=new_handle())
        put_settings(account, entered_ward(), typed)
        account.renew_at = AT_ONCE if shape.renewal else None
    account.shape, account.sender, account.accented = shape.key, wanted.sender, wanted.accented
    account.live, account.price = wanted.live, wanted.price
    account.held_until, account.held_why = None, ""
    db.session.add(account)
    db.session.flush()
    return account


def keep_platform_account(channel: str, *, accented: bool, live: bool) -> ChannelAccount:
    """Use the platform's account from now on. Raises NotFound where it has none for this channel."""
    platform = or_404(platform_account())
    if shapes()[platform.shape].channel != channel:
        raise NotFound
    account = account_for(channel) or ChannelAccount(channel=channel, handle=new_handle())
    put_settings(account, entered_ward(), MARK)
    account.shape, account.sender, account.price = platform.shape, platform.sender, platform.price
    account.accented, account.live = accented, live
    account.held_until, account.held_why, account.renew_at = None, "", None
    db.session.add(account)
    db.session.flush()
    return account


def _refuse_sender(channel: str, sender: str) -> None:
    if channel == "zns":
        if not _OFFICIAL_ACCOUNT.fullmatch(sender):
            raise Refused(_("Mã Official Account là dãy số, xem ở trang quản lý OA của Zalo."))
    elif not _SENDER.fullmatch(sender):
        raise Refused(_("Tên người gửi (brandname) có 2–11 chữ hoặc số, không dấu."))


def _refuse_missing(shape: Shape, typed: Mapping[str, str]) -> None:
    missing = [label for name, label in shape.settings.items() if not typed[name]]
    if missing:
        raise Refused(_("Còn thiếu: %(names)s.", names=", ".join(missing)))


def close_account(channel: str) -> None:
    """Forget the account with what signs it in; what still waits for it will not be sent."""
    account = account_for(channel)
    if account is not None:
        db.session.execute(delete(Receipt).where(Receipt.account_id == account.id))
        db.session.delete(account)
        db.session.flush()
