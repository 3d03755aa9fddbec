"""The end of a whole scheme: what everybody in it is told, and what becomes of its pairs on the day."""
