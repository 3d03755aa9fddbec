"""Leaders and mentors sign up: what about, when, where, and with whom not. Only these words are used for matching."""
