"""Leaders who choose a mentor for themselves: their own page, and the coordinator's of who waits."""
