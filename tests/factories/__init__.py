"""Makes the people and pairings that tests need."""
