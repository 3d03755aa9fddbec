"""The data-lifecycle registry: for every field whose it is, why it is held, who reads it, how long, how it ends."""
