"""The blueprint of the city's pages."""

from flask import Blueprint

bp = Blueprint("rollups", __name__, template_folder="../templates")
