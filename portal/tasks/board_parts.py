"""Parts of the board's page that are alike for everybody with the same rights, drawn once for the same numbers."""

from collections.abc import Hashable

from flask import Flask, current_app, g
from flask_babel import get_locale
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from portal.tasks.board import Board
from portal.tasks.board_filter import BoardFilter
from portal.tasks.drawing import bar
from portal.tenants.access import Actor, Permission

#: Their templates. They are kept, and so name nothing of one person: no token, no name (test_board_parts.py).
PARTS = ("header", "rail", "filters")

#: How many drawn parts one process keeps, of about 4 kB each.
KEPT = 1_000


def attach(app: Flask) -> None:
    """Give templates of the board `part(name)`."""
    drawn: dict[Hashable, Markup] = {}

    @pass_context
    def part(context: Context, name: str) -> Markup:
        board, wanted, actor = context["board"], context["wanted"], g.actor
        key = (name, context["cards"], str(get_locale()), board.tally, wanted, actor.roles, actor.agency_ids)
        if key not in drawn:
            if len(drawn) >= KEPT:
                drawn.clear()
            drawn[key] = _render(name, board, wanted, actor)
        return drawn[key]

    app.jinja_env.globals["part"] = part


def _render(name: str, board: Board, wanted: BoardFilter, actor: Actor) -> Markup:
    template = current_app.jinja_env.get_template(f"tasks/_{name}.html")
    may_add = actor.may(Permission.ASSIGN_CARDS)
    return Markup(  # noqa: S704 - autoescaped
        template.render(
            board=board, wanted=wanted, actor=actor, may_add=may_add, bar=bar, Permission=Permission
        )
    )
