"""One calm note a week, and the pause."""
