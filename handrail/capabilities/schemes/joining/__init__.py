"""Who may join a scheme as a leader, and who as a mentor."""
