"""The addresses of the room, one file for each thing that is looked at."""

from portal.rollups.routes import asks, city, glance, place, targets
from portal.rollups.routes.blueprint import bp

__all__ = ["asks", "bp", "city", "glance", "place", "targets"]
