"""Handrail: digital mentoring for leaders, run by their own organisation."""

__version__ = "0.1.0"
