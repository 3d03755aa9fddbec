"""Reads for the pages of an installation and for `handrail check`."""

from handrail.capabilities.installation.queries.health import Finding, Weight, health

__all__ = ["Finding", "Weight", "health"]
