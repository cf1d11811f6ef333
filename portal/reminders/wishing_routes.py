"""How one person wants to be reached: on a page of their own, and for everybody by the coordinator."""

import uuid
from itertools import permutations

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.errors import Refused
from portal.pages import see_other
from portal.permits import needs
from portal.reminders.channel import CHANNELS
from portal.reminders.channel_wish import set_wish, wish_of_contact
from portal.reminders.texts.account import open_channels
from portal.tenants.access import Permission
from portal.tenants.contact import Contact
from portal.tenants.entrance import current_actor
from portal.tenants.queries import contact_or_404

bp = Blueprint("reminder_wishes", __name__, template_folder="templates")

NAMES = {"email": _l("thư"), "sms": _l("SMS"), "zns": _l("Zalo")}

#: Every order there is, by the word a form sends for it.
_ORDERS = {"-".join(order): order for order in permutations(CHANNELS)}


@bp.get("/w/<ward>/channels")
@needs(Permission.SEE_OWN_CARDS)
def own_page() -> str:
    """My own order."""
    return _page(_me(), url_for("reminder_wishes.save_own"))


@bp.post("/w/<ward>/channels")
@needs(Permission.SEE_OWN_CARDS)
def save_own() -> Response:
    """Reach me in this order from now on; empty: as the ward does."""
    set_wish(_me().id, _typed())
    return see_other(url_for("reminder_wishes.own_page"), _("Đã lưu. Tin sau đi theo cách này."))


@bp.get("/w/<ward>/people/<uuid:contact_id>/channels")
@needs(Permission.MANAGE_PEOPLE)
def person_page(contact_id: uuid.UUID) -> str:
    """The order of somebody the ward writes to."""
    contact = contact_or_404(contact_id)
    return _page(contact, url_for("reminder_wishes.save_person", contact_id=contact.id))


@bp.post("/w/<ward>/people/<uuid:contact_id>/channels")
@needs(Permission.MANAGE_PEOPLE)
def save_person(contact_id: uuid.UUID) -> Response:
    """Reach them in this order from now on."""
    contact = contact_or_404(contact_id)
    set_wish(contact.id, _typed())
    return see_other(
        url_for("tenants.person_page", contact_id=contact.id), _("Đã lưu. Tin sau đi theo cách này.")
    )


def _me() -> Contact:
    return contact_or_404(current_actor().contact_id)


def _typed() -> tuple[str, ...]:
    """The order that was chosen, or none. Raises Refused for one that was not offered."""
    typed = request.form.get("order", "")
    if typed and typed not in _ORDERS:
        raise Refused(_("Chọn một cách trong danh sách."))
    return _ORDERS.get(typed, ())


def _page(contact: Contact, action: str) -> str:
    return render_template(
        "reminders/channel_order.html",
        contact=contact,
        action=action,
        orders=_ORDERS,
        names=NAMES,
        chosen="-".join(wish_of_contact(contact.id)),
        open=open_channels(),
        is_mine=contact.id == current_actor().contact_id,
    )
