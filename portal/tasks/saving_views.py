"""Keeping a way of looking at the board under a name, and giving it up again."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl

from flask_babel import gettext as _
from sqlalchemy import bindparam, or_, select

from portal.db import db
from portal.errors import NotFound, Refused
from portal.tasks.board_filter import BoardFilter
from portal.tasks.saved_view import SavedView
from portal.tenants.access import Actor
from portal.text import collation_key, nfc, normalise_spaces

LONGEST_NAME = 60

#: More than this nobody finds again; it also bounds what one person can fill the ward's table with.
AT_MOST = 30

# Asked on every board, and so built once.
_VIEWS = select(SavedView).where(
    or_(SavedView.contact_id.is_(None), SavedView.contact_id == bindparam("contact_id"))
)


def views_of(actor: Actor) -> list[SavedView]:
    """The ward's views and the actor's own, by name."""
    return sorted(
        db.session.scalars(_VIEWS, {"contact_id": actor.contact_id}),
        key=lambda view: collation_key(view.name),
    )


def keep_view(name: str, query: str, actor: Actor, now: datetime, *, for_ward: bool) -> SavedView:
    """Keep the filter of an address; under a name that is taken it replaces what was there.

    Raises Refused without a name, with too many views, or for the ward by somebody who does not steer it.
    """
    name = normalise_spaces(nfc(name))
    if not name:
        raise Refused(_("Đặt tên cho cách xem này."))
    if len(name) > LONGEST_NAME:
        raise Refused(_("Tên quá dài. Rút còn dưới %(n)s ký tự.", n=LONGEST_NAME))
    if for_ward and not actor.steers:
        raise Refused(_("Chỉ người điều phối, lãnh đạo lưu cách xem chung cho phường."), status=403)
    owner = None if for_ward else actor.contact_id
    own = [view for view in views_of(actor) if view.contact_id == owner]
    view = next((view for view in own if view.name == name), None)
    if view is None:
        if len(own) >= AT_MOST:
            raise Refused(_("Đã lưu %(n)s cách xem. Bỏ bớt rồi lưu thêm.", n=AT_MOST))
        view = SavedView(contact_id=owner, name=name)
        db.session.add(view)
    view.query, view.saved_at = clean_query(query), now
    return view


def clean_query(query: str) -> str:
    """Only what a filter understands of an address's query, in one order."""
    args: Mapping[str, str] = dict(parse_qsl(nfc(query)[:2000]))
    return BoardFilter.from_address(args).query


def give_up_view(view_id: uuid.UUID, actor: Actor) -> SavedView:
    """Forget a view. Raises NotFound for another person's, Refused(403) for the ward's by who does not steer."""
    view = db.session.scalar(select(SavedView).where(SavedView.id == view_id))
    if view is None or view.contact_id not in {None, actor.contact_id}:
        raise NotFound
    if view.contact_id is None and not actor.steers:
        raise Refused(_("Chỉ người điều phối, lãnh đạo bỏ được cách xem chung."), status=403)
    db.session.delete(view)
    return view
