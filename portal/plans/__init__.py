"""A plan document becomes proposed cards; a person confirms them; targets and what they promise."""

from flask import Flask

from portal.config import Settings
from portal.plans.figures_owed import figures_owed
from portal.plans.plan_steps import plan_steps
from portal.plans.routes import bp
from portal.tasks.errands import offer_errands
from portal.tenants.first_steps import offer_steps


def attach(app: Flask, _settings: Settings) -> None:
    """Open the room."""
    app.register_blueprint(bp)
    offer_errands(app, figures_owed)
    offer_steps(app, plan_steps)
