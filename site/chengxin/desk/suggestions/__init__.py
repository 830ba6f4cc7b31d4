"""Suggestions at the desk: words hidden, answers given."""
