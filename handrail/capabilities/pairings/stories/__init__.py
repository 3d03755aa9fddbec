"""Two sentences that a leader chose to tell, with a name or without: what a small scheme has instead of figures."""
