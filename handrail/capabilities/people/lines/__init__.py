"""Reporting lines: who stands above whom."""
