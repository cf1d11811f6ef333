"""A ward's periodic report: counted, written, approved and locked, downloaded, and sent to the unit above."""

from flask import Flask

from portal.accounts.mailing import offer_letters
from portal.config import Settings
from portal.reports.reports_waiting import reports_waiting
from portal.reports.routes import bp
from portal.reports.webhooks.secret import seal_again
from portal.reports.webhooks.stopping import WEBHOOK_STOPPED, write_stopped
from portal.tasks.errands import offer_errands
from portal.tasks.rewrapping import also_rewrap


def attach(app: Flask, _settings: Settings) -> None:
    """Open the room."""
    app.register_blueprint(bp)
    offer_errands(app, reports_waiting)
    offer_letters(app, WEBHOOK_STOPPED, write_stopped)
    also_rewrap(app, seal_again)
