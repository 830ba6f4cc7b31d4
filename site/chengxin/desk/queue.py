"""The queue: everything that waits, nearest deadline first."""

from flask import render_template

from chengxin.desk.blueprint import bp
from chengxin.desk.guard import needs


@bp.get("/")
@needs()
def home() -> str:
    """Show what waits."""
    return render_template("desk/queue.html")
