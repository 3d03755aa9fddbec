"""Canaries: private words planted through the pages' own forms, and the search for them wherever something is kept."""
