"""A plan of small steps, the pair's or a leader's own; the weekly note; and what the two saw together."""
