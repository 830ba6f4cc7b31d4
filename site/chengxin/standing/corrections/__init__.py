"""Corrections (更正): a public notice gets new words, and the old ones stay readable beside them."""
