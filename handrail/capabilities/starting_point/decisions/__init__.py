"""A decision on my desk: brought in private, left with three questions to ask, looked back on in one line."""
