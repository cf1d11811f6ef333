"""The lock of a file that names children: put on, its viewers named, taken off."""

import uuid

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.permits import needs
from portal.tasks.card import Card
from portal.tasks.card_queries import card_or_404, evidence_or_404
from portal.tasks.locked_queries import could_view, viewers_of, views_of
from portal.tasks.locking import (
    lock,
    may_open,
    name_viewers,
    refuse_to_name_viewers,
    refuse_unless_locked,
    unlock,
)
from portal.tasks.rights import refuse_to_contribute, refuse_to_see
from portal.tasks.routes.acting import act, by
from portal.tasks.routes.blueprint import bp
from portal.tasks.routes.card import what_was_done
from portal.tenants.access import ROLE_TEXTS, Actor, Permission, Role
from portal.tenants.entrance import current_actor


@bp.post("/w/<ward>/cards/<int:number>/evidence/<uuid:evidence_id>/lock")
@needs(Permission.WORK_CARDS)
def lock_evidence(number: int, evidence_id: uuid.UUID) -> ResponseReturnValue:
    """This file names children: lock it to who says so, who sent it, and the leaders."""

    def do(card: Card, actor: Actor) -> str:
        refuse_to_contribute(actor, card)
        locked = lock(card, evidence_or_404(card, evidence_id), by(actor), utc_now())
        return what_was_done(locked, _("Đã khóa: chỉ những người có tên mới mở được."))

    return act(number, do)


@bp.get("/w/<ward>/cards/<int:number>/evidence/<uuid:evidence_id>/viewers")
@needs(Permission.SEE_OWN_CARDS)
def viewers_page(number: int, evidence_id: uuid.UUID) -> str:
    """Who may open a locked file, who could be added, and who opened it when."""
    card, actor = card_or_404(number), current_actor()
    refuse_to_see(actor, card)
    file = evidence_or_404(card, evidence_id)
    refuse_to_name_viewers(actor, file)
    viewers = viewers_of([file.id])[file.id]
    named = {person.id for person in viewers}
    others = [(person, _from(where)) for person, where in could_view(card)]
    known = {person.id for person, _where in others}
    return render_template(
        "tasks/viewers.html",
        card=card,
        file=file,
        opens=may_open(actor, file, named),
        named=named,
        people=[*((person, "") for person in viewers if person.id not in known), *others],
        views=[view for view in views_of(card) if view.evidence_id == file.id],
        may_unlock=actor.may(Permission.DECIDE_CARDS),
    )


def _from(where: str) -> str:
    return str(ROLE_TEXTS[Role(where)]) if where in set(Role) else where


@bp.post("/w/<ward>/cards/<int:number>/evidence/<uuid:evidence_id>/viewers")
@needs(Permission.WORK_CARDS)
def change_viewers(number: int, evidence_id: uuid.UUID) -> ResponseReturnValue:
    """Name exactly these viewers (fields `viewer`)."""
    chosen = {one for typed in request.form.getlist("viewer") if (one := _id(typed)) is not None}

    def do(card: Card, actor: Actor) -> str:
        file = evidence_or_404(card, evidence_id)
        refuse_to_name_viewers(actor, file)
        allowed = [person.id for person, _where in could_view(card)]
        changed = name_viewers(card, file, chosen, allowed, by(actor), utc_now())
        return what_was_done(changed, _("Đã lưu người xem."))

    return act(number, do)


@bp.post("/w/<ward>/cards/<int:number>/evidence/<uuid:evidence_id>/unlocking")
@needs(Permission.DECIDE_CARDS)
def unlock_evidence(number: int, evidence_id: uuid.UUID) -> ResponseReturnValue:
    """The file names no children after all: open it again (field `reason`)."""

    def do(card: Card, actor: Actor) -> str:
        file = evidence_or_404(card, evidence_id)
        refuse_unless_locked(file)
        refuse_to_name_viewers(actor, file)
        unlock(card, file, request.form.get("reason", ""), by(actor), utc_now())
        return _("Đã mở khóa tệp.")

    return act(number, do)


def _id(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None
