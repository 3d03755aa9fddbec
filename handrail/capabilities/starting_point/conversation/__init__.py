"""The conversation: one question a page, and the page that says what would help."""
