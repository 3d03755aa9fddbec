"""Readers of other systems' exports into one interaction log: who, to whom, what kind, when, where; never the text."""
