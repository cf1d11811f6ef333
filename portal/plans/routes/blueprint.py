"""The blueprint all pages of the room hang on."""

from flask import Blueprint

bp = Blueprint("plans", __name__, template_folder="../templates")
