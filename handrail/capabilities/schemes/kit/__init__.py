"""The scheme kit: open texts to begin, defend and run a scheme with, for anybody to copy and change."""
