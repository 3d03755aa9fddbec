"""Two people paired by hand: who waits for a pair, and what a mentor has taken on already."""
