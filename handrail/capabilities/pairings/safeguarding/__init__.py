"""The named person outside the two: how to reach them, and showing them chosen notes that nobody else then sees."""
