"""A coordinator hands the scheme over to a colleague, or has it covered between two days."""
