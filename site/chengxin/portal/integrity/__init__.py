"""The integrity file of an agency, as a page and as data."""
