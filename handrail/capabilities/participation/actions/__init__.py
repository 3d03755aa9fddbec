"""Writes that concern an organisation's whole log: keeping it in step with the index, and measuring it."""
