"""The ledger: every event in order, hash-chained, written in the same transaction as the change."""
