"""The ledger, the figures and the end of keeping, for those who watch."""
