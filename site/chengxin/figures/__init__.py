"""Figures of the cases: counted from the ledger, month by month, and the public report of each month."""
