"""Objections and requests for credit repair at the desk."""
