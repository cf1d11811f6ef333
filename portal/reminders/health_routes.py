"""The dead man's signal: an outside watcher asks here whether messages leave, also when every sender is dead."""

from flask import Blueprint, Response, jsonify

from portal.db import session_as, utc_now
from portal.permits import PUBLIC, needs
from portal.reminders.pulse import pulse

bp = Blueprint("sending_health", __name__)


@bp.get("/healthz/sending")
@needs(PUBLIC)
def sending() -> tuple[Response, int]:
    """503 when no sender has looked for minutes, or a message that is due waits too long. Seconds, no names."""
    alive = pulse(session_as("dispatch"), utc_now())
    said = {
        "status": "up" if alive.is_well else "down",
        "oldest_due_seconds": alive.oldest_due,
        "silent_seconds": alive.silent_for,
        "held": alive.held,
    }
    return jsonify(said), 200 if alive.is_well else 503
