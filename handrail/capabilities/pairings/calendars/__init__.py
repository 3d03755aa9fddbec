"""A person's own calendar: which address invitations go to, what the entries say, and the private feed."""
