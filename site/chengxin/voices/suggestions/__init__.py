"""Suggestions (意见建议): studied, answered in public with adopted or not and why."""
