"""Pages that gather cards for one reader: the leader's home, one agency, the week on paper."""

import uuid

from flask import current_app, render_template, url_for
from flask_babel import gettext as _

from portal.errors import Refused
from portal.pages import today
from portal.permits import needs
from portal.tasks.board import lay_out
from portal.tasks.board_filter import BoardFilter
from portal.tasks.card_queries import card_or_404
from portal.tasks.code_drawing import drawn_code
from portal.tasks.deciding import PILES, what_to_decide
from portal.tasks.mention_queries import waiting_for
from portal.tasks.remembering import faces_of
from portal.tasks.response import response_of
from portal.tasks.rights import refuse_to_see
from portal.tasks.routes.blueprint import bp
from portal.tasks.routes.card import detail
from portal.tasks.state import STATE_TEXTS
from portal.tasks.view_queries import moments_of_agency, supporters_by_card, words_to_decide_by
from portal.tasks.week import week_of
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor
from portal.tenants.queries import agencies, agency_or_404, contacts_of_agency

#: Of each kind of decision this many are drawn; the rest are one link away.
DRAWN = 12


@bp.get("/w/<ward>/home")
@needs(Permission.DECIDE_CARDS)
def home() -> str:
    """The four numbers, who is late, and what waits for a decision, each to be made in its place."""
    known, everything = agencies(), BoardFilter()
    faces = faces_of(everything, known, current_actor(), today())
    board = lay_out(faces, known, everything)
    decisions = what_to_decide(faces, board.lines)
    drawn = {name: decisions.piles[name][:DRAWN] for name in PILES}
    shown = [face.id for pile in drawn.values() for face in pile]
    return render_template(
        "tasks/home.html",
        decisions=decisions,
        mentions=waiting_for(current_actor()),
        four=board.counts,
        drawn=drawn,
        words=words_to_decide_by(shown),
        supporters=supporters_by_card([face.id for face in drawn["unassigned"]]),
        agencies=known,
        state_texts=STATE_TEXTS,
    )


home.bar_item = "tasks.home"  # type: ignore[attr-defined]


@bp.get("/w/<ward>/agencies/<uuid:agency_id>")
@needs(Permission.SEE_OWN_CARDS)
def agency_page(agency_id: uuid.UUID) -> str:
    """One agency: its cards, its numbers, its people, how it answers."""
    actor = current_actor()
    agency = agency_or_404(agency_id)
    if not actor.may(Permission.SEE_ALL_CARDS) and agency_id not in actor.agency_ids:
        raise Refused(_("Trang này của cơ quan khác trong phường."), status=403)
    wanted = BoardFilter(agency_id=agency_id)
    faces = faces_of(wanted, agencies(), actor, today())
    return render_template(
        "tasks/agency.html",
        agency=agency,
        faces=faces,
        four=lay_out(faces, [agency], wanted).counts,
        people=contacts_of_agency(agency_id),
        response=response_of(moments_of_agency(agency_id)),
        state_texts=STATE_TEXTS,
    )


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
