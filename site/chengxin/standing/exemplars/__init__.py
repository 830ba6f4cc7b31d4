"""Exemplary agencies, service windows and individuals (诚信示范), by year and level."""
