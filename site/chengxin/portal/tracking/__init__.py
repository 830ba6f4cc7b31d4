"""What a receipt opens: the way of a case, letters, acts, one's own data."""
