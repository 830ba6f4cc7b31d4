"""Accounts of the staff: who they are, what they may do, and their sessions."""
