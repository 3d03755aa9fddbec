"""Free and busy: somebody connects their own calendar, and times that clash are marked, to them alone."""
