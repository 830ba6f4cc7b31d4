"""The queue: one order over everything that waits, saved views, search, acts on many records."""
