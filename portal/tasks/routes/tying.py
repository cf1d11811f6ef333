"""Links between cards, and labels."""

import uuid

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.errors import NotFound, Refused
from portal.permits import needs
from portal.tasks.card import Card
from portal.tasks.card_link import RELATED, WAITS_FOR
from portal.tasks.card_queries import card_or_404
from portal.tasks.routes.acting import act, by
from portal.tasks.routes.blueprint import bp
from portal.tasks.routes.card import what_was_done
from portal.tasks.tie_queries import all_labels, labels_of
from portal.tasks.tying import link, put_label, take_label, unlink
from portal.tenants.access import Actor, Permission


@bp.post("/w/<ward>/cards/<int:number>/links")
@needs(Permission.ASSIGN_CARDS)
def add_link(number: int) -> ResponseReturnValue:
    """Tie this card to another: fields `number` of the other one, `kind` related or waits_for."""

    def do(card: Card, actor: Actor) -> str:
        kind = request.form.get("kind", RELATED)
        if kind not in {RELATED, WAITS_FOR}:
            raise Refused(_("Chọn liên quan hay chờ."))
        linked = link(card, _other(request.form.get("number", "")), kind, by(actor), utc_now())
        return what_was_done(linked, _("Đã nối hai việc."))

    return act(number, do)


@bp.post("/w/<ward>/cards/<int:number>/links/<int:other>/removal")
@needs(Permission.ASSIGN_CARDS)
def remove_link(number: int, other: int) -> ResponseReturnValue:
    """Untie two cards."""

    def do(card: Card, actor: Actor) -> str:
        return what_was_done(
            unlink(card, card_or_404(other, for_update=True), by(actor), utc_now()), _("Đã bỏ nối.")
        )

    return act(number, do)


def _other(typed: str) -> Card:
    try:
        return card_or_404(int(typed.strip().lstrip("#")), for_update=True)
    except (ValueError, NotFound):
        raise Refused(_("Không có việc số “%(typed)s”. Ghi số của việc cần nối.", typed=typed)) from None


@bp.post("/w/<ward>/cards/<int:number>/labels")
@needs(Permission.ASSIGN_CARDS)
def add_label(number: int) -> ResponseReturnValue:
    """Put a label on the card (field `name`)."""

    def do(card: Card, actor: Actor) -> str:
        return what_was_done(
            put_label(card, request.form.get("name", ""), by(actor), utc_now()), _("Đã gắn nhãn.")
        )

    return act(number, do)


@bp.post("/w/<ward>/cards/<int:number>/labels/<uuid:label_id>/removal")
@needs(Permission.ASSIGN_CARDS)
def remove_label(number: int, label_id: uuid.UUID) -> ResponseReturnValue:
    """Take a label off the card."""

    def do(card: Card, actor: Actor) -> str:
        label = next((one for one in labels_of(card) if one.id == label_id), None)
        if label is None:
            return what_was_done(False, "")
        return what_was_done(take_label(card, label, by(actor), utc_now()), _("Đã bỏ nhãn."))

    return act(number, do)


@bp.get("/w/<ward>/labels")
@needs(Permission.SEE_ALL_CARDS)
def labels_page() -> str:
    """The ward's labels, each with its cards."""
    return render_template("tasks/labels.html", labels=all_labels())
