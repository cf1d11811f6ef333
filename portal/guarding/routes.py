"""What a leader let through: who, when, where, what kind, why."""

from flask import Blueprint, render_template
from sqlalchemy import select

from portal.db import db
from portal.guarding.finding import KIND_TEXTS, Kind
from portal.guarding.released_words import ReleasedWords
from portal.permits import needs
from portal.tenants.access import Permission

bp = Blueprint("guarding", __name__, template_folder="templates")

#: How many are shown; the rows stay.
_SHOWN = 200


@bp.get("/w/<ward>/released-words")
@needs(Permission.SEE_OUTBOX)
def released_page() -> str:
    """The latest first."""
    newest = select(ReleasedWords).order_by(ReleasedWords.id.desc()).limit(_SHOWN)
    return render_template(
        "guarding/released.html",
        released=list(db.session.scalars(newest)),
        kind_texts={kind.value: text for kind, text in KIND_TEXTS.items()},
        kinds=[KIND_TEXTS[kind] for kind in Kind],
    )
