"""The essentials: what a leader needs to know or understand, and which of them a text touches."""
