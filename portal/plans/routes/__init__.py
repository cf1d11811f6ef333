"""The pages and acts of the plans' room."""

from portal.plans.routes import (
    again,
    confirmation,
    indicators,
    lineage,
    plans,
    reading,
    recipients,
    reporters,
    reshaping,
    review,
    spreadsheet,
    units,
    upload,
)
from portal.plans.routes.blueprint import bp

__all__ = [
    "again",
    "bp",
    "confirmation",
    "indicators",
    "lineage",
    "plans",
    "reading",
    "recipients",
    "reporters",
    "reshaping",
    "review",
    "spreadsheet",
    "units",
    "upload",
]
