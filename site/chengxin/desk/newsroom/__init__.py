"""Articles, bulletins and campaigns at the desk."""
