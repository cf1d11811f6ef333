"""One card: its page, or the same thing as a drawer over the board."""

import uuid
from datetime import datetime
from typing import Any

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.failing import typed_texts
from portal.pages import is_htmx, today
from portal.permits import needs
from portal.tasks.answering import silent_since
from portal.tasks.card import Card
from portal.tasks.card_event import CardEvent
from portal.tasks.card_face import face_of
from portal.tasks.card_queries import (
    card_or_404,
    checks_of,
    comments_of,
    events_of,
    latest_act,
    supporters_of,
)
from portal.tasks.evidence_lines import evidence_lines
from portal.tasks.evidence_viewer import EvidenceView
from portal.tasks.history import Line, tell, tell_view
from portal.tasks.history_groups import GROUPS, only_of
from portal.tasks.locked_queries import views_of
from portal.tasks.queries import waiting_numbers
from portal.tasks.rights import leads, may_read, offered_moves, refuse_to_find
from portal.tasks.routes.blueprint import bp
from portal.tasks.routes.ties import ties
from portal.tasks.state import STATE_TEXTS, WORKABLE, State
from portal.tasks.talk import said
from portal.tasks.undoing import can_be_undone
from portal.tasks.watching import watch_board
from portal.tenants.access import Actor, Permission
from portal.tenants.agency import Agency
from portal.tenants.entrance import current_actor
from portal.tenants.queries import agencies, contacts_of_agency
from portal.unchanged import Watch


@bp.get("/w/<ward>/cards/<int:number>")
@needs(Permission.SEE_OWN_CARDS)
def card_page(number: int) -> ResponseReturnValue:
    """The card with its source, people, dates, checklist, files, comments and history."""
    watch = watch_board()
    card = card_or_404(number)
    refuse_to_find(current_actor(), card)
    if same := watch.not_modified(str(card.version)):
        return same
    template = "tasks/_card_shown.html" if is_htmx() else "tasks/card.html"
    return render_template(template, ticket=_ticket(card, watch), **detail(card))


def _ticket(card: Card, watch: Watch) -> str:
    """What the open card sends when it asks whether somebody else changed it."""
    return watch.ticket(str(card.version), url_for("tasks.card_page", number=card.number))


def detail(card: Card) -> dict[str, Any]:
    """All that the card's page prints; of a card that is not this actor's to read, its face and nothing else."""
    actor, known = current_actor(), {agency.id: agency for agency in agencies()}
    if not may_read(actor, card):
        return _face_only(card, known, actor)
    lead = known.get(card.agency_id) if card.agency_id else None
    events = events_of(card)
    review = card.standing is State.REVIEW and actor.may(Permission.DECIDE_CARDS)
    return {
        "card": card,
        "lead": lead,
        "supporters": [known[agency_id] for agency_id in supporters_of(card) if agency_id in known],
        "agencies": list(known.values()),
        "people": contacts_of_agency(lead.id) if lead else [],
        "checks": checks_of(card) if card.checks_total else [],
        "files": evidence_lines(card, actor) if card.evidence_count else [],
        "talk": said(comments_of(card)[::-1], actor.contact_id, utc_now()) if card.comment_count else [],
        **shown_history(card, events, request.args.get("only", "")),
        "moves": offered_moves(actor, card),
        "may_work": actor.may(Permission.WORK_CARDS)
        and leads(actor, card.agency_id)
        and not card.shared_total,
        "may_write": actor.may(Permission.WORK_CARDS),
        "may_assign": actor.may(Permission.ASSIGN_CARDS),
        "may_decide": actor.may(Permission.DECIDE_CARDS),
        "may_ask": actor.may(Permission.ANSWER_FOR_AGENCY) and card.agency_id in actor.agency_ids,
        "may_remind": actor.may(Permission.SEND_REMINDERS)
        and card.standing in WORKABLE
        and card.assigned_at is not None,
        "own": card.agency_id in actor.agency_ids,
        "waiting": waiting_numbers(actor) if review else [],
        "timeliness": card.timeliness(today()),
        "days_left": card.days_left(today()),
        "state_texts": STATE_TEXTS,
        "State": State,
        **ties(card, actor, known),
    }


def _history(card: Card, events: list[CardEvent], only: str) -> list[tuple[CardEvent | EvidenceView, Line]]:
    """What happened to the card and who opened its locked files, the latest first."""
    told: list[tuple[CardEvent | EvidenceView, Line]] = [
        (event, tell(event)) for event in only_of(only, events)
    ]
    looked = only in {"", "evidence"} or only not in GROUPS
    if looked and any(event.kind == "evidence_locked" for event in events):
        told += [(view, tell_view(view)) for view in views_of(card)]
        told.sort(key=lambda one: (one[1].occurred_at, one[0].id), reverse=True)
    return told


def _face_only(card: Card, known: dict[uuid.UUID, Agency], actor: Actor) -> dict[str, Any]:
    """What the page of a confidential card prints for others; who has just marked it may take that back."""
    done, now = latest_act(card), utc_now()
    own = bool(done) and done[0].contact_id == actor.contact_id and done[0].kind == "made_confidential"
    return {
        "card": card,
        "hidden": True,
        "face": face_of(card, known, actor, today(), silent_since(today()), hidden=True),
        "undoable": done[0].id if own and can_be_undone(done, now) else None,
        "state_texts": STATE_TEXTS,
    }


def shown_history(card: Card, events: list[CardEvent], only: str) -> dict[str, Any]:
    """What the history prints: the sentences of one group or of all, and what can be taken back."""
    return {
        "history": _history(card, events, only),
        "history_groups": list(GROUPS.items()),
        "only": only if only in GROUPS else "",
        "undoable": _undoable(events, utc_now()),
    }


def _undoable(events: list[CardEvent], now: datetime) -> uuid.UUID | None:
    """The latest event, if what was done with it can still be taken back; the rule itself is in undoing.py."""
    act = (
        [event for event in events if event.act_id == events[0].act_id]
        if events and events[0].act_id
        else events[:1]
    )
    return act[0].id if can_be_undone(act, now) else None


def answer(card: Card, message: str, *, why: str = "", status: int = 200) -> ResponseReturnValue:
    """After an act in the drawer: the drawer anew, with a sentence; what was refused keeps what was typed."""
    shown = {"message": message, "why": why, "ticket": _ticket(card, watch_board()), **detail(card)}
    if why:
        shown |= {
            "refused": request.endpoint,
            "typed": request.form,
            "unsaved": typed_texts(),
            "status": status,
        }
    return make_response(render_template("tasks/card_changed.html", **shown), status)


def what_was_done(changed: bool, words: str) -> str:
    """A second tap changes nothing and says so."""
    return words if changed else _("Đã ghi trước đó, không thay đổi gì.")
