"""Measurements: each compares the project with a rival in one run and prints ratios against goals."""
