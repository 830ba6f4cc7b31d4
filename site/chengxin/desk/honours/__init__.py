"""Rounds of selection and exemplary titles at the desk."""
