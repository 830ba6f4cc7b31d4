"""Marks, inspections, permits and the serious list before the public."""
