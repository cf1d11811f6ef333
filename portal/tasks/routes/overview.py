"""Pages that gather cards for one reader: the leader's home, one agency, the week on paper."""

import uuid
from typing import Any

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.errors import Refused
from portal.pages import today
from portal.permits import needs
from portal.tasks.board import Board, lay_out
from portal.tasks.board_filter import BoardFilter
from portal.tasks.card_queries import card_or_404
from portal.tasks.code_drawing import drawn_code
from portal.tasks.deciding import PILES, what_to_decide
from portal.tasks.errands import errands_of
from portal.tasks.keeping_pages import draw_page, kept_answer
from portal.tasks.mention_queries import waiting_for
from portal.tasks.remembering import faces_of
from portal.tasks.response import response_of
from portal.tasks.rights import refuse_to_see
from portal.tasks.routes.blueprint import bp
from portal.tasks.routes.card import detail
from portal.tasks.state import STATE_TEXTS
from portal.tasks.view_queries import moments_of_agency, words_to_decide_by
from portal.tasks.watching import standing, watch_board
from portal.tasks.week import week_of
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor
from portal.tenants.queries import agencies, agency_or_404, contacts_of_agency

#: Of each kind of decision this many are drawn; the rest are one link away.
DRAWN = 12


@bp.get("/w/<ward>/home")
@needs(Permission.DECIDE_CARDS)
def home() -> ResponseReturnValue:
    """The four numbers, who is late, and what waits for a decision, each to be made in its place."""
    watch, actor = watch_board(), current_actor()
    if kept := kept_answer(watch):
        return kept
    known, everything = agencies(), BoardFilter()
    faces = faces_of(everything, known, actor, today())
    mentions, errands = waiting_for(actor), errands_of(actor, today())
    stands = standing(faces, mentions, errands)
    if same := watch.not_modified(stands):
        return same
    beside: dict[str, Any] = {
        "mentions": mentions,
        "errands": errands,
        "agencies": known,
        "state_texts": STATE_TEXTS,
    }
    return draw_page(
        "tasks/home.html", watch, stands, **_decided_here(lay_out(faces, known, everything)), **beside
    )


def _decided_here(board: Board) -> dict[str, Any]:
    """What waits for a decision, as much of it as is drawn, and the words to decide by."""
    decisions = what_to_decide(board.faces, board.lines)
    drawn = {name: decisions.piles[name][:DRAWN] for name in PILES}
    return {
        "decisions": decisions,
        "four": board.counts,
        "drawn": drawn,
        "words": words_to_decide_by([face.id for pile in drawn.values() for face in pile]),
    }


home.bar_item = "tasks.home"  # type: ignore[attr-defined]


@bp.get("/w/<ward>/agencies/<uuid:agency_id>")
@needs(Permission.SEE_OWN_CARDS)
def agency_page(agency_id: uuid.UUID) -> ResponseReturnValue:
    """One agency: its cards, its numbers, its people, how it answers."""
    watch, actor = watch_board(), current_actor()
    if kept := kept_answer(watch):
        return kept
    agency = agency_or_404(agency_id)
    if not actor.may(Permission.SEE_ALL_CARDS) and agency_id not in actor.agency_ids:
        raise Refused(_("Trang này của cơ quan khác trong phường."), status=403)
    wanted = BoardFilter(agency_id=agency_id)
    faces = faces_of(wanted, agencies(), actor, today())
    people, response = contacts_of_agency(agency_id), response_of(moments_of_agency(agency_id))
    who = [(one.name, one.title, one.phone, one.email) for one in people]
    stands = standing(faces, agency.name, agency.mode, who, response)
    if same := watch.not_modified(stands):
        return same
    four = lay_out(faces, [agency], wanted).counts
    beside: dict[str, Any] = {
        "people": people,
        "response": response,
        "state_texts": STATE_TEXTS,
        "title": agency.short_name,
    }
    return draw_page("tasks/agency.html", watch, stands, agency=agency, faces=faces, four=four, **beside)


@bp.get("/w/<ward>/week")
@needs(Permission.SEE_OWN_CARDS)
def week() -> str:
    """What is late and what is due in the next seven days, by agency, on paper."""
    known, actor = agencies(), current_actor()
    faces = faces_of(BoardFilter(), known, actor, today())
    return render_template("tasks/week.html", week=week_of(faces, known, today()), state_texts=STATE_TEXTS)


@bp.get("/w/<ward>/cards/<int:number>/paper")
@needs(Permission.SEE_OWN_CARDS)
def card_paper(number: int) -> str:
    """One card on paper; its code leads back to its page, where whoever scans it signs in as always."""
    card = card_or_404(number)
    refuse_to_see(current_actor(), card)
    address = current_app.config["PORTAL"].public_url + url_for("tasks.card_page", number=number)
    return render_template("tasks/card_paper.html", address=address, code=drawn_code(address), **detail(card))
