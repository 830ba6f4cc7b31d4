"""The published pages: finished answers kept as bytes, each belonging to one edition of the site."""
