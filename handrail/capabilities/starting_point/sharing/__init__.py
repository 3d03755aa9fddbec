"""Showing a mentor some of it, taking it back, and making three words ordinary so that a mentor can be found."""
