"""A leader's own plan becomes the pair's, by their act, and theirs alone again."""
