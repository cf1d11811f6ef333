"""The pages and acts of the board."""

from portal.tasks.routes import board, card, evidence, feed, finding, moves, overview, steering, writing
from portal.tasks.routes.blueprint import bp

__all__ = ["board", "bp", "card", "evidence", "feed", "finding", "moves", "overview", "steering", "writing"]
