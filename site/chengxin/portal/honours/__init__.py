"""Exemplary agencies, windows and persons, and rounds before the public."""
