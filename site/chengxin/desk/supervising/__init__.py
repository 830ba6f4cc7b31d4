"""Marks, links, permits and inspections at the desk."""
