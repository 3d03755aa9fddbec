"""Slow and scheduled work on the standard Django tasks API: retried, scheduled, and taken up again after a kill."""
