"""Complaints (投诉): filed unseen, decided by the staff, followed with a code and a phrase."""
