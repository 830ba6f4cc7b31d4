"""The one blueprint of the public pages; each module of the room adds its own to it."""

from flask import Blueprint

from chengxin.portal import addresses

bp = Blueprint("portal", __name__)
bp.record(addresses.install)
