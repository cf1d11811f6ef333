"""The addresses of the room, one file for each thing that is looked at."""

from portal.rollups.routes import answers, asks, city, glance, place, targets
from portal.rollups.routes.blueprint import bp

__all__ = ["answers", "asks", "bp", "city", "glance", "place", "targets"]
