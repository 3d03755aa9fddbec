"""The audit trail, in sentences: who did what, to whom, when."""
