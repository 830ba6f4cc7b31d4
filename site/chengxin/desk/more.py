"""The page of all tools: what the navigation has no room for."""

from flask import render_template

from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.tools import tools_of


@bp.get("/more/")
@needs()
def more() -> str:
    """Show every tool that the officer's rights make of use."""
    return render_template("desk/more.html", tools=tools_of(current_account()))
