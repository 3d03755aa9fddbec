"""Pure Python: data in, results out. No Django, no files, no network, no clock; engines do not import one another."""
