"""Notices at the desk, from the draft to the end, alone and in batches."""
