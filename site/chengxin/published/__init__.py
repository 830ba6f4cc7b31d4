"""Published pages: answers kept by publication version in front of the public app."""
