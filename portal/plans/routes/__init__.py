"""The pages and acts of the plans' room."""

from portal.plans.routes import confirmation, plans, review, upload
from portal.plans.routes.blueprint import bp

__all__ = ["bp", "confirmation", "plans", "review", "upload"]
