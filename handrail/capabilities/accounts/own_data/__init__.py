"""Everything that is held about somebody, for them to take away."""
