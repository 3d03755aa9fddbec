"""The conversation in words: the questions, what it says so far, and who can read what."""
