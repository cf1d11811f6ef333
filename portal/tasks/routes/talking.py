"""What people say to each other on a card: written, changed, taken away; whom it mentions; the history by kind."""

import uuid

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import db, utc_now
from portal.pages import is_htmx, see_other
from portal.permits import needs
from portal.tasks.card import Card
from portal.tasks.card_queries import card_or_404, comment_or_404, events_of
from portal.tasks.comment import Comment
from portal.tasks.commenting import change_comment, comment_on, remove_comment
from portal.tasks.mention_queries import answer_mentions, mark_seen
from portal.tasks.mentioning import Resolved, mentionable, named
from portal.tasks.rights import refuse_to_contribute, refuse_to_see
from portal.tasks.routes.acting import act, by
from portal.tasks.routes.blueprint import bp
from portal.tasks.routes.card import answer, shown_history
from portal.tasks.talk import said
from portal.tenants.access import Actor, Permission
from portal.tenants.entrance import current_actor


@bp.post("/w/<ward>/cards/<int:number>/comments")
@needs(Permission.WORK_CARDS)
def add_comment(number: int) -> ResponseReturnValue:
    """Write on the card; whoever waited for the writer has been answered."""
    written: list[Comment] = []

    def do(card: Card, actor: Actor) -> str:
        refuse_to_contribute(actor, card)
        comment, resolved = comment_on(card, request.form.get("text", ""), by(actor), utc_now())
        written.append(comment)
        if card.comment_count > 1:
            answer_mentions(card, actor.contact_id, actor.agency_ids, utc_now())
        return _sent(resolved)

    return act(number, do, reply=lambda card, message: _drawn(card, written, message, new=True))


def _sent(resolved: Resolved) -> str:
    """What happened to the words, and to the names in them."""
    words = [_("Đã gửi trao đổi.")]
    if resolved.mentioned:
        words.append(_("Đã nhắc đến %(names)s.", names=named(resolved.mentioned)))
    if resolved.unseen:
        words.append(
            _("%(names)s không xem được việc này nên không được nhắc.", names=named(resolved.unseen))
        )
    return " ".join(words)


@bp.post("/w/<ward>/cards/<int:number>/comments/<uuid:comment_id>")
@needs(Permission.WORK_CARDS)
def edit_comment(number: int, comment_id: uuid.UUID) -> ResponseReturnValue:
    """Other words, within fifteen minutes; the old ones are kept nowhere."""
    changed: list[Comment] = []

    def do(card: Card, actor: Actor) -> str:
        refuse_to_contribute(actor, card)
        changed.append(comment_or_404(card, comment_id))
        change_comment(card, changed[0], request.form.get("text", ""), by(actor), utc_now())
        return _("Đã sửa trao đổi.")

    return act(number, do, reply=lambda card, message: _drawn(card, changed, message))


@bp.post("/w/<ward>/cards/<int:number>/comments/<uuid:comment_id>/removal")
@needs(Permission.WORK_CARDS)
def take_comment_away(number: int, comment_id: uuid.UUID) -> ResponseReturnValue:
    """Take one's own words back, within fifteen minutes."""
    removed: list[Comment] = []

    def do(card: Card, actor: Actor) -> str:
        refuse_to_contribute(actor, card)
        removed.append(comment_or_404(card, comment_id))
        remove_comment(card, removed[0], by(actor), utc_now())
        return _("Đã xóa trao đổi.")

    return act(number, do, reply=lambda card, message: _drawn(card, removed, message))


def _drawn(card: Card, comments: list[Comment], message: str, *, new: bool = False) -> ResponseReturnValue:
    """Only what is new: one comment, the form ready for the next, and a sentence; nothing new was a second press."""
    if not comments:
        return answer(card, message)
    [one] = said(comments, current_actor().contact_id, utc_now())
    return render_template("tasks/comment_said.html", card=card, one=one, new=new, message=message)


@bp.get("/w/<ward>/cards/<int:number>/mentionable")
@needs(Permission.WORK_CARDS)
def mentionable_list(number: int) -> str:
    """Whom a comment here may mention; those who do not see the card are shown as such."""
    card = card_or_404(number)
    refuse_to_see(current_actor(), card)
    return render_template("tasks/_mentionable.html", somebodies=mentionable(card))


@bp.get("/w/<ward>/cards/<int:number>/history")
@needs(Permission.SEE_OWN_CARDS)
def card_history(number: int) -> ResponseReturnValue:
    """The history by kind (`only`); without htmx it is part of the card's page."""
    only = request.args.get("only", "")
    if not is_htmx():
        return see_other(url_for("tasks.card_page", number=number, only=only or None) + "#lich-su")
    card = card_or_404(number)
    refuse_to_see(current_actor(), card)
    return render_template("tasks/_history.html", card=card, **shown_history(card, events_of(card), only))


@bp.post("/w/<ward>/mentions/<uuid:mention_id>/answer")
@needs(Permission.SEE_OWN_CARDS)
def answer_mention(mention_id: uuid.UUID) -> ResponseReturnValue:
    """ "Đã xem": the mention leaves the person's page."""
    mark_seen(mention_id, current_actor(), utc_now())
    db.session.flush()
    return see_other(url_for("tasks.mine"), _("Đã ghi là đã xem."))
