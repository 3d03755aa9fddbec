"""What the two settle with each other: how they work, their goals, and what is on the agenda. Sealed for the two."""
