"""From a token in an address to its row: found across wards by the dispatcher's role, believed only when sealed."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.reminders.action_link import ActionLink
from portal.reminders.delivery import Delivery
from portal.reminders.texts.account import ChannelAccount
from portal.reminders.token import GATEWAY, ONE_TAP, OPT_OUT, RETURN, fits, handle_of
from portal.tenants.ward import Ward


@dataclass(frozen=True)
class Found:
    """A row that a genuine token leads to, and its ward."""

    ward: Ward
    row_id: uuid.UUID


def find_link(dispatch: Session, token: str) -> Found | None:
    """The one-tap link of a token, or nothing when we never made it."""
    return _find(dispatch, ActionLink, ONE_TAP, token)


def find_delivery(dispatch: Session, token: str) -> Found | None:
    """The message an opt-out link came with, or nothing."""
    return _find(dispatch, Delivery, OPT_OUT, token)


def find_returned(dispatch: Session, token: str) -> Found | None:
    """The message that came back to a return path of ours, or nothing."""
    return _find(dispatch, Delivery, RETURN, token)


def find_account(dispatch: Session, token: str) -> Found | None:
    """The account whose gateway was given this address to report to, or nothing."""
    return _find(dispatch, ChannelAccount, GATEWAY, token)


def _find(
    dispatch: Session,
    rows: type[ActionLink] | type[Delivery] | type[ChannelAccount],
    purpose: str,
    token: str,
) -> Found | None:
    handle = handle_of(token)
    if handle is None:
        return None
    asked = select(rows.ward_id, rows.id).where(rows.handle == handle)
    for ward_id, row_id in dispatch.execute(asked).tuples():
        if fits(token, purpose, handle, row_id):
            ward = dispatch.get(Ward, ward_id)
            return Found(ward, row_id) if ward else None
    return None
