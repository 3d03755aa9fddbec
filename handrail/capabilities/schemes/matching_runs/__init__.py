"""Runs that find pairs among those who signed up: what counts, what came of it, and why."""
