"""Articles, bulletins and campaigns before the public."""
