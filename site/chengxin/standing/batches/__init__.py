"""Batches: the notices of a quarter, checked together and published by one approval."""
