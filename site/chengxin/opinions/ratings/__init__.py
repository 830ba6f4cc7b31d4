"""Ratings (即时评价): five dimensions in words, shown only from five and never removed for being negative."""
