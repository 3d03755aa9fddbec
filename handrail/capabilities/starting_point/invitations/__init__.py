"""Somebody by name asks a leader, or a whole group, to begin; and says why now."""
