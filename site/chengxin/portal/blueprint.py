"""The one blueprint of the public pages; each module of the room adds its own to it."""

from flask import Blueprint

bp = Blueprint("portal", __name__)
