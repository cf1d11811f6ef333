"""The addresses of the room, one file for each thing that is looked at."""

from portal.rollups.routes import asks, city, place, targets
from portal.rollups.routes.blueprint import bp

__all__ = ["asks", "bp", "city", "place", "targets"]
