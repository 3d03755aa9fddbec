"""What the two saw together of what the leader does, and how it changes what would help."""
