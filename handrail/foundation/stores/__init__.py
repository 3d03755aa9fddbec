"""The two databases as wholes: brought up to date, backed up, restored."""
