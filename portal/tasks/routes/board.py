"""The board in its views, somebody's own work, and adding a card."""

import uuid
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import new_id, utc_now
from portal.pages import see_other, today
from portal.permits import needs
from portal.tasks.adding import NewCard, add_once
from portal.tasks.arranging import arrange
from portal.tasks.board import Board, lay_out
from portal.tasks.board_filter import BoardFilter
from portal.tasks.doer import Doer
from portal.tasks.errands import errands_of
from portal.tasks.keeping_pages import draw_page, kept_answer
from portal.tasks.mention_queries import waiting_for
from portal.tasks.mine import sort_out
from portal.tasks.queries import any_card
from portal.tasks.remembering import faces_of
from portal.tasks.routes.acting import typed_day
from portal.tasks.routes.blueprint import bp
from portal.tasks.saving_views import views_of
from portal.tasks.state import COLUMNS, STATE_TEXTS
from portal.tasks.watching import shown, standing, watch_board
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor
from portal.tenants.queries import agencies


@bp.get("/w/<ward>/board")
@needs(Permission.SEE_OWN_CARDS)
def board() -> ResponseReturnValue:
    """The ward's board; agency people see the cards of their agency."""
    watch = watch_board()
    if kept := kept_answer(watch):
        return kept
    wanted, known, actor = BoardFilter.from_address(request.args), agencies(), current_actor()
    faces = faces_of(wanted, known, actor, today())
    if same := watch.not_modified(shown(faces)):
        return same
    laid = lay_out(faces, known, wanted)
    page = _shown(laid, wanted) | arrange(laid.faces, known, wanted, today())
    return draw_page(f"tasks/board_{wanted.view}.html", watch, shown(faces), **page)


def _shown(laid: Board, wanted: BoardFilter) -> dict[str, Any]:
    return {
        "board": laid,
        "wanted": wanted,
        "columns": COLUMNS,
        "state_texts": STATE_TEXTS,
        "saved_views": views_of(current_actor()),
        "key": new_id(),
        "agencies": [line.agency for line in laid.lines],
        "may_add": (may_add := current_actor().may(Permission.ASSIGN_CARDS)),
        "pick": may_add and wanted.pick and wanted.view in {"columns", "lanes"},
    }


@bp.get("/w/<ward>/start")
@needs(Permission.SEE_OWN_CARDS)
def start() -> Response:
    """Where a person begins: a new ward with its plan, those who steer with what waits for a decision, those who look
    on at the board, agencies with their own work.
    """
    actor = current_actor()
    if actor.may(Permission.MANAGE_PLANS) and not any_card():
        return see_other(url_for("plans.plans_page"))
    if actor.may(Permission.DECIDE_CARDS):
        return see_other(url_for("tasks.home"))
    return see_other(url_for("tasks.board" if actor.may(Permission.SEE_ALL_CARDS) else "tasks.mine"))


@bp.get("/w/<ward>/mine")
@needs(Permission.SEE_OWN_CARDS)
def mine() -> ResponseReturnValue:
    """What I have to do: late, this week, waiting for me, coming up, and what is with the leader."""
    watch, actor, day = watch_board(), current_actor(), today()
    if kept := kept_answer(watch):
        return kept
    mentions = waiting_for(actor)
    faces = faces_of(BoardFilter(mine=not actor.steers), agencies(), actor, day)
    errands = errands_of(actor, day)
    stands = standing(faces, mentions, errands)
    if same := watch.not_modified(stands):
        return same
    return draw_page(
        "tasks/mine.html",
        watch,
        stands,
        mentions=mentions,
        piles=sort_out(faces, actor),
        errands=errands,
        state_texts=STATE_TEXTS,
    )


mine.bar_item = "tasks.mine"  # type: ignore[attr-defined]


@bp.post("/w/<ward>/cards")
@needs(Permission.ASSIGN_CARDS)
def add_card() -> ResponseReturnValue:
    """Add a card by hand; with an agency chosen it is handed over at once."""
    wanted = request.form.get("agency", "")
    chosen = {str(agency.id): agency for agency in agencies()}.get(wanted) if wanted else None
    actor, now, due = current_actor(), utc_now(), request.form.get("due_on", "").strip()
    new = NewCard(
        title=request.form.get("title", ""),
        agency_id=chosen.id if chosen else None,
        mode=chosen.mode if chosen else "assign",
        due_on=typed_day(due) if due else None,
    )
    card = add_once(new, _key(), Doer.from_actor(actor), now)
    return see_other(
        url_for("tasks.card_page", number=card.number), _("Đã thêm việc số %(n)s.", n=card.number)
    )


def _key() -> uuid.UUID:
    """The key of the form, by which a second tap is known; a form without one makes a card each time."""
    try:
        return uuid.UUID(request.form.get("key", ""))
    except ValueError:
        return new_id()
