"""Bulletins (诚信动态): news, announcements, rules, cases, alerts."""
