"""Letters that let the two of a pair in who cannot be written to: all at once, a sheet each."""
