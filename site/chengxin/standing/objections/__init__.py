"""Objections (异议): somebody disputes a public record, the record says so, and an officer decides."""
