"""The table of moves, as people read it: from where to where, with or without a reason, and who may."""

from flask import render_template

from portal.permits import SIGNED_IN, needs
from portal.tasks.routes.blueprint import bp
from portal.tasks.state import MOVES, STATE_TEXTS, Move, State
from portal.tenants.access import ROLE_TEXTS, TABLE, Permission, Role

#: Who works in a ward; the city and the operator move no card.
_ROLES = (Role.LEADER, Role.COORDINATOR, Role.AGENCY_LEAD, Role.AGENCY_MEMBER, Role.VIEWER)


@bp.get("/permissions/moves")
@needs(SIGNED_IN)
def moves_page() -> str:
    """Drawn from the very table that every move is checked against."""
    by_source = {state: [move for move in MOVES if move.source is state] for state in State}
    roles = {role: ROLE_TEXTS[role] for role in _ROLES}
    return render_template(
        "tasks/moves.html", by_source=by_source, roles=roles, may=_may, state_texts=STATE_TEXTS
    )


def _may(role: Role, move: Move) -> str:
    """`any` card of the ward, `own` agency's cards, or nothing."""
    if move.permission not in TABLE[role]:
        return ""
    return "any" if Permission.ASSIGN_CARDS in TABLE[role] else "own"
