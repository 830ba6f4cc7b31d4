"""The tests: each a sentence about what the project promises."""
