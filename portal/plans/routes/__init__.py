"""The pages and acts of the plans' room."""

from portal.plans.routes import again, confirmation, plans, reading, reshaping, review, spreadsheet, upload
from portal.plans.routes.blueprint import bp

__all__ = ["again", "bp", "confirmation", "plans", "reading", "reshaping", "review", "spreadsheet", "upload"]
