"""A case at the desk: its page, its acts, the notice that may grow out of it."""
