"""Addresses of the room: the ward's reports, and what a unit received."""

from portal.reports.routes import open_data, read_tokens, scorecards, unit, unit_report, ward, webhooks
from portal.reports.routes.blueprint import bp

__all__ = ["bp", "open_data", "read_tokens", "scorecards", "unit", "unit_report", "ward", "webhooks"]
