"""Participation: robust (how much, how steadily), relevant (does it serve the mission), relations (is it two-way)."""
