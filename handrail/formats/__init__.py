"""Readers and writers of other systems' files: no Django, no network."""
