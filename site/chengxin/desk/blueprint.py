"""The one blueprint of the workbench; each module of the room adds its own to it."""

from flask import Blueprint

bp = Blueprint("desk", __name__)
