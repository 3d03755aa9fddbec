"""Reads for the pages of an installation and for `handrail check`."""

from handrail.capabilities.installation.queries.health import Finding, health
from handrail.capabilities.installation.queries.trail import events_newest_first

__all__ = ["Finding", "events_newest_first", "health"]
