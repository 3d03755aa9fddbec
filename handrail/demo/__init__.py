"""The invented organisation, and what makes it."""
