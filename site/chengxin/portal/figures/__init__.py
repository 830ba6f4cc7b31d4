"""The monthly report and the figures before the public."""
