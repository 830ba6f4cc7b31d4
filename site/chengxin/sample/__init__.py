"""The invented city of 江州 and everything in it."""
