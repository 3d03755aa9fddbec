"""Notes of a pair, and notes one keeps alone: sealed, and opened only for those they are for."""
